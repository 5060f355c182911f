import { readFileSync } from 'node:fs';
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
const browser = { plugins, test: { include, exclude: ['**/*.node.test.ts'] } };

export default defineConfig({ test: { testTimeout: 30_000, projects: projects({ node: { plugins, test: { include } }, browser }) } });
