import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'judge-child': 'src/judge/child.ts' },
  format: ['esm'],
  dts: { entry: { index: 'src/index.ts' } },
  clean: true,
  target: 'es2022',
  sourcemap: true,
  splitting: true,
});
