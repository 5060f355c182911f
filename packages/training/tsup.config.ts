import { defineConfig } from 'tsup';
import { esbuildGlue } from './scripts/glue-plugin.mjs';

export default defineConfig({
  entry: ['src/node.ts', 'src/browser.ts'],
  format: ['esm'],
  dts: true,
  clean: true,
  target: 'es2022',
  sourcemap: true,
  esbuildPlugins: [esbuildGlue],
});
