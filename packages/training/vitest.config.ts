import { defineConfig } from 'vitest/config';
import { projects } from '../../scripts/lib/test/vitest-projects.mjs';
import { viteGlue } from './scripts/glue-plugin.mjs';

const plugins = [viteGlue];
const node = { plugins, test: { include: ['test/**/*.test.ts'] } };
const browser = { plugins, test: { include: ['test/**/*.browser.test.ts'] } };

export default defineConfig({ test: { testTimeout: 30_000, projects: projects({ node, browser }) } });
