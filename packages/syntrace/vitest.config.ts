import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// Many of these start the built command, each its own process.
const testTimeout = 60_000;
const node = {
  test: { name: 'node', testTimeout, environment: 'node', include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['**/*.browser.test.ts'] },
};
const chromium = {
  test: {
    name: 'chromium',
    testTimeout,
    include: ['test/**/*.browser.test.ts'],
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

export default defineConfig({ test: { projects: hasChromium ? [node, chromium] : [node] } });
