import { npyFolders } from '@syntrace/kernels-conformance/vite';
import { defineConfig } from 'vitest/config';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';
import { viteGlue } from './scripts/glue-plugin.mjs';

const plugins = [viteGlue, npyFolders];
const node = { plugins, test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'] } };
const browser = {
  plugins,
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
  test: { include: ['test/conformance.test.ts', 'test/**/*.browser.test.ts'] },
};

export default defineConfig({ test: { testTimeout: 30_000, projects: projects({ node, browser }) } });
