import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';

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
// Training needs the JPEG encoder, which only Node has.
const golden = join(process.env.SYNTRACE_SHARED ?? join(import.meta.dirname, '../../../shared'), 'golden/frequency');
const browser = {
  plugins,
  define: { GOLDEN_FOLDER: JSON.stringify(existsSync(golden) ? golden : null) },
  server: { fs: { allow: [join(import.meta.dirname, '../..'), golden] } },
  // The same test files run on onnxruntime-web here.
  resolve: { alias: [{ find: /^(.*)\/platform\/node\.js$/, replacement: '$1/platform/browser.js' }] },
  test: { include, exclude: ['**/*.node.test.ts'] },
};

export default defineConfig({ test: { testTimeout: 30_000, projects: projects({ node: { plugins, test: { include } }, browser }) } });
