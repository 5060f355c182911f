import { defineConfig } from 'vitest/config';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';

const include = ['src/**/*.test.ts', 'test/**/*.test.ts'];
// The page is a file.
const browser = { test: { include, exclude: ['**/*.node.test.ts'] } };

export default defineConfig({ test: { testTimeout: 60_000, projects: projects({ node: { test: { include } }, browser }) } });
