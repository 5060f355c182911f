import { defineConfig } from 'vitest/config';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';

// Many of the tests start the built command, each its own process.
const testTimeout = 60_000;
const node = { test: { testTimeout, include: ['src/**/*.test.ts', 'test/**/*.test.ts'] } };
const browser = { test: { testTimeout, include: ['test/**/*.browser.test.ts'] } };

export default defineConfig({ test: { projects: projects({ node, browser }) } });
