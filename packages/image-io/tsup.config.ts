import { defineConfig, type Options } from 'tsup';
import { esbuildCodecs } from './scripts/codec-plugin.mjs';

const common: Options = { format: ['esm'], dts: true, target: 'es2022', sourcemap: true };

export default defineConfig([
  { ...common, entry: { node: 'src/node/index.ts' }, platform: 'node', noExternal: ['omggif'], esbuildPlugins: [esbuildCodecs] },
  { ...common, entry: { avif: 'src/avif/index.ts' }, platform: 'neutral' },
  {
    ...common,
    entry: { browser: 'src/browser/index.ts' },
    platform: 'browser',
    splitting: true,
    // Codecs are bundled, each in a chunk of its own that is loaded when such a file comes. Their source maps would triple the package.
    sourcemap: false,
    noExternal: [/^@jsquash\//, 'omggif'],
    loader: { '.wasm': 'binary' },
    esbuildPlugins: [esbuildCodecs],
  },
]);
