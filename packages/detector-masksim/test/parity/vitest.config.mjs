// The golden picture of 512×512 through the imported network, and the time of a picture with the shipped weights, in Node and Chromium.
//   npx vitest run -c packages/detector-masksim/test/parity/vitest.config.mjs      (needs the golden data; minutes)
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

const [node, chromium] = base.test.projects;
const root = new URL('../..', import.meta.url).pathname;
const parity = { include: ['test/parity/*.parity.ts'], exclude: [], testTimeout: 300_000 };

export default defineConfig({
  test: { projects: [node, ...(chromium ? [chromium] : [])].map(project => ({ ...project, root, test: { ...project.test, ...parity } })) },
});
