import { defineConfig } from 'tsup';
import { esbuildGlue } from './scripts/glue-plugin.mjs';

export default defineConfig({
  entry: ['src/index.ts', 'src/inline.ts'],
  format: ['esm'],
  dts: true,
  clean: true,
  target: 'es2022',
  sourcemap: true,
  splitting: false,
  noExternal: ['@syntrace/kernels-bridge'],
  esbuildPlugins: [esbuildGlue],
  loader: { '.wasm': 'binary' },
});
