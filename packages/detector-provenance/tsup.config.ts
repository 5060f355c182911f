import { copyFileSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { esbuildGlue, wasmFile } from './scripts/glue-plugin.mjs';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  dts: true,
  clean: true,
  target: 'es2022',
  sourcemap: true,
  // The reader of Content Credentials is a chunk of its own, loaded when a file carries some.
  splitting: true,
  esbuildPlugins: [esbuildGlue],
  onSuccess: async () => copyFileSync(wasmFile, 'dist/c2pa_bg.wasm'),
});
