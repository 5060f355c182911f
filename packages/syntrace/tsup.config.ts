import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    node: 'src/node.ts',
    browser: 'src/browser.ts',
    config: 'src/config.ts',
    bench: 'src/bench/index.ts',
    session: 'src/session.ts',
    cli: 'src/cli/main.ts',
    'verify-child': 'src/cli/verify/child.ts',
  },
  format: ['esm'],
  dts: { entry: { node: 'src/node.ts', browser: 'src/browser.ts', config: 'src/config.ts', bench: 'src/bench/index.ts', session: 'src/session.ts' } },
  clean: true,
  target: 'es2022',
  sourcemap: true,
  splitting: true,
});
