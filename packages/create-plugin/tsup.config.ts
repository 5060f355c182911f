import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

const packages = ['core', 'detector-onnx', 'kernels-wasm', 'model-runtime', 'testkit'];
/** Versions of our packages that a new plugin asks for: those of this release. */
const versions = Object.fromEntries(
  packages.map(name => [`@syntrace/${name}`, (JSON.parse(readFileSync(`../${name}/package.json`, 'utf8')) as { version: string }).version]),
);

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli.ts' },
  format: ['esm'],
  dts: { entry: { index: 'src/index.ts' } },
  clean: true,
  target: 'es2022',
  sourcemap: true,
  define: { SYNTRACE_VERSIONS: JSON.stringify(versions) },
});
