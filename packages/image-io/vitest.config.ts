import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { viteCodecs } from './scripts/codec-plugin.mjs';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const folder = fileURLToPath(new URL('test/fixtures/', import.meta.url));
const fixtures = {
  manifest: JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')),
  images: readdirSync(join(folder, 'images')).sort(),
  refused: readdirSync(join(folder, 'refused')).sort(),
};

/** Serves the fixtures as they are; Vite would answer for some of their extensions itself. */
const serveFixtures: Plugin = {
  name: 'serve-fixtures',
  configureServer(server) {
    server.middlewares.use('/fixtures', (request, response) => {
      const [kind = '', name = ''] = decodeURIComponent(request.url ?? '')
        .replace(/\?.*$/, '')
        .split('/')
        .filter(Boolean);
      // For tests of time limits.
      if (kind === 'silent') return;
      const file = join(folder, basename(kind), basename(name));
      if (existsSync(file)) response.end(readFileSync(file));
      else response.writeHead(404).end();
    });
  },
};

const node = {
  plugins: [viteCodecs],
  test: {
    name: 'node',
    server: { deps: { inline: ['omggif'] } },
    environment: 'node',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/*.browser.test.ts'],
  },
};
const chromium = {
  plugins: [viteCodecs, serveFixtures],
  // The same test files ask for the other half of the package here.
  resolve: { alias: [{ find: /^(.*)\/platform\/node\.js$/, replacement: '$1/platform/browser.js' }] },
  // Dependencies prepared in advance would not pass through viteCodecs.
  optimizeDeps: { include: ['@imagemagick/magick-wasm'], exclude: ['@jsquash/jpeg', '@jsquash/png', '@jsquash/webp', 'omggif'] },
  test: {
    name: 'chromium',
    provide: { fixtures },
    include: ['test/shared/**/*.test.ts', '**/*.browser.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args } }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
};

const hasChromium = existsSync(executablePath);
if (!hasChromium)
  process.stderr.write(`\nSKIPPED: the whole project "chromium": there is no browser at ${executablePath}. Install Chromium or set CHROMIUM_PATH.\n`);

export default defineConfig({ test: { testTimeout: 30_000, projects: hasChromium ? [node, chromium] : [node] } });
