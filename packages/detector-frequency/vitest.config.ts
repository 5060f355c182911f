import { existsSync, readFileSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The weights as bytes inside a module, as tsup's binary loader gives them. */
const embedWeights: Plugin = {
  name: 'embed-weights',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.safetensors')) return null;
    return `export default Uint8Array.from(atob('${readFileSync(id).toString('base64')}'), character => character.charCodeAt(0));`;
  },
};
const plugins = [embedWeights];
const include = ['src/**/*.test.ts', 'test/**/*.test.ts'];

const node = { plugins, test: { name: 'node', environment: 'node', include } };
const chromium = {
  plugins,
  test: {
    name: 'chromium',
    include,
    // Training needs the JPEG encoder, which only Node has.
    exclude: ['**/*.node.test.ts'],
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
