import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { viteGlue } from './scripts/glue-plugin.mjs';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const plugins = [viteGlue];
const node = {
  plugins,
  test: { name: 'node', environment: 'node' as const, include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['**/*.browser.test.ts'] },
};
const chromium = {
  plugins,
  // The same test files read their fixtures the browser's way here.
  resolve: { alias: [{ find: /^(.*)\/platform\/node\.js$/, replacement: '$1/platform/browser.js' }] },
  test: {
    name: 'chromium',
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

export default defineConfig({ test: { testTimeout: 60_000, projects: hasChromium ? [node, chromium] : [node] } });
