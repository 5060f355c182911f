// The vitest projects that packages have in common: `node` and, where there is a browser, `chromium`.
import { playwright } from '@vitest/browser-playwright';
import { chromiumFlags, chromiumHint, findChromium } from '../chromium.mjs';

const executablePath = findChromium();

/** `node` and `browser` are what Vite and vitest get to know beside that, e.g. plugins and the files to include. */
export function projects({ node, browser }) {
  const inNode = { ...node, test: { name: 'node', environment: 'node', exclude: ['**/*.browser.test.ts'], ...node.test } };
  if (!executablePath) {
    process.stderr.write(`\nSKIPPED: the whole project "chromium": there is no browser. ${chromiumHint}\n`);
    return [inNode];
  }
  const settings = {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: { executablePath, args: chromiumFlags } }),
    instances: [{ browser: 'chromium' }],
  };
  return [inNode, { ...browser, test: { name: 'chromium', browser: settings, ...browser.test } }];
}
