import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';
import { viteCodecs } from './scripts/codec-plugin.mjs';

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
    server: { deps: { inline: ['omggif'] } },
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  },
};
const browser = {
  plugins: [viteCodecs, serveFixtures],
  // The same test files ask for the other half of the package here.
  resolve: { alias: [{ find: /^(.*)\/platform\/node\.js$/, replacement: '$1/platform/browser.js' }] },
  // Dependencies prepared in advance would not pass through viteCodecs.
  optimizeDeps: { include: ['@imagemagick/magick-wasm'], exclude: ['@jsquash/jpeg', '@jsquash/png', '@jsquash/webp', 'omggif'] },
  test: {
    provide: { fixtures },
    include: ['test/shared/**/*.test.ts', '**/*.browser.test.ts'],
  },
};

export default defineConfig({ test: { testTimeout: 30_000, projects: projects({ node, browser }) } });
