import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    browser: 'src/browser.ts',
    config: 'src/config.ts',
    cli: 'src/cli/main.ts',
    'verify-child': 'src/cli/verify/child.ts',
  },
  format: ['esm'],
  dts: { entry: { index: 'src/index.ts', config: 'src/config.ts' } },
  clean: true,
  target: 'es2022',
  sourcemap: true,
  splitting: true,
});
