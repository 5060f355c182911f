import { defineConfig } from 'vitest/config';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';

const node = { test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'] } };
const browser = {
  // The same test files read their fixtures the browser's way here.
  resolve: { alias: [{ find: /^(.*)\/platform\/node\.js$/, replacement: '$1/platform/browser.js' }] },
  test: { include: ['test/shared/**/*.test.ts', 'test/**/*.browser.test.ts'] },
};

export default defineConfig({ test: { testTimeout: 60_000, projects: projects({ node, browser }) } });
