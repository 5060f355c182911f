import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { embedWeights } from '../../scripts/lib/test/embed-weights.mjs';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';

const plugins = [embedWeights('.onnx'), embedWeights('.safetensors')];
const include = ['src/**/*.test.ts', 'test/**/*.test.ts'];
const golden = join(process.env.SYNTRACE_SHARED ?? join(import.meta.dirname, '../../../shared'), 'golden/masksim');
const browser = {
  plugins,
  define: { GOLDEN_FOLDER: JSON.stringify(existsSync(golden) ? golden : null) },
  server: { fs: { allow: [join(import.meta.dirname, '../..'), golden] } },
  // The same test files run on onnxruntime-web here.
  resolve: { alias: [{ find: /^(.*)\/platform\/node\.js$/, replacement: '$1/platform/browser.js' }] },
  test: { include, exclude: ['**/*.node.test.ts'] },
};

export default defineConfig({ test: { testTimeout: 60_000, projects: projects({ node: { plugins, test: { include } }, browser }) } });
