import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { viteCodecs } from './scripts/codec-plugin.mjs';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const node = {
  test: { name: 'node', environment: 'node', include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['**/*.browser.test.ts'] },
};
const chromium = {
  plugins: [viteCodecs],
  // The same test files ask for the other half of the package here.
  resolve: { alias: [{ find: /^(.*)\/platform\/node\.js$/, replacement: '$1/platform/browser.js' }] },
  optimizeDeps: { exclude: ['@jsquash/jpeg', '@jsquash/png', '@jsquash/webp'], include: ['omggif'] },
  test: {
    name: 'chromium',
    include: ['test/shared/**/*.test.ts', '**/*.browser.test.ts'],
    browser: { enabled: true, headless: true, screenshotFailures: false, provider: playwright({ launchOptions: { executablePath, args } }), instances: [{ browser: 'chromium' as const }] },
  },
};

const hasChromium = existsSync(executablePath);
if (!hasChromium) console.warn(`\nSKIPPED: the whole project "chromium": there is no browser at ${executablePath}. Install Chromium or set CHROMIUM_PATH.\n`);

export default defineConfig({ test: { testTimeout: 30_000, projects: hasChromium ? [node, chromium] : [node] } });
