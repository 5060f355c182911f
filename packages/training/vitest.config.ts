import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { viteGlue } from './scripts/glue-plugin.mjs';

const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const plugins = [viteGlue];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    projects: [
      { plugins, test: { name: 'node', environment: 'node', include: ['test/**/*.test.ts'], exclude: ['**/*.browser.test.ts'] } },
      {
        plugins,
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
