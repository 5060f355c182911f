// Logits against the golden ones on every provider that is here, as a table.
//   npx vitest run -c packages/detector-npr/test/parity/vitest.config.mjs      (needs the golden data; WebGPU by Chromium's adapter in software, on the smallest picture)
import { defineConfig } from 'vitest/config';
import { chromiumFlags } from '../../../../scripts/lib/chromium.mjs';
import base from '../../vitest.config.ts';

const [node, chromium] = base.test.projects;
chromiumFlags.push('--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader');
const root = new URL('../..', import.meta.url).pathname;
const parity = { include: ['test/parity/*.parity.ts'], exclude: [], testTimeout: 300_000 };

export default defineConfig({
  test: { projects: [node, ...(chromium ? [chromium] : [])].map(project => ({ ...project, root, test: { ...project.test, ...parity } })) },
});
