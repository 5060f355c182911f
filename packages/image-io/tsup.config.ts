import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { node: 'src/node/index.ts', browser: 'src/browser/index.ts' },
  format: ['esm'],
  dts: true,
  clean: true,
  target: 'es2022',
  sourcemap: true,
});
