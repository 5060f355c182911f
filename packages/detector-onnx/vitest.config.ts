import { defineConfig } from 'vitest/config';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';

// The same test files run on onnxruntime-node and, in Chromium, on onnxruntime-web.
const test = { include: ['src/**/*.test.ts', 'test/**/*.test.ts'] };

export default defineConfig({ test: { testTimeout: 60_000, projects: projects({ node: { test }, browser: { test } }) } });
