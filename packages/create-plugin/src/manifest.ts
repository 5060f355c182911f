import type { Kind } from './kinds.js';

type Packages = Readonly<Record<string, string>>;

interface Manifest {
  readonly files: readonly string[];
  readonly scripts: Packages;
  readonly dependencies?: Packages;
  readonly devDependencies: Packages;
}

/** The package.json of a kind: what all have in common, and what it needs beside that. `ours` are our packages by name. */
export function manifestOf(kind: Kind, common: Manifest, ours: Packages): object {
  const take = (...names: readonly string[]): Packages => Object.fromEntries(names.map(name => [name, ours[name]!]));
  const { dependencies, devDependencies, ...rest } = common;
  const sorted = (...parts: readonly Packages[]): Packages => Object.fromEntries(Object.entries(Object.assign({}, ...parts)).sort() as [string, string][]);
  switch (kind) {
    case 'kernels':
      // The example of a backend stands on another one; detectors get theirs from whoever runs them.
      return { ...rest, dependencies: take('@syntrace/kernels-wasm'), devDependencies };
    case 'onnx':
      return {
        ...rest,
        files: [...rest.files, 'model'],
        scripts: { ...rest.scripts, seal: 'node model/seal.mjs' },
        dependencies: take('@syntrace/detector-onnx'),
        devDependencies: sorted(devDependencies, take('@syntrace/model-runtime'), { 'onnxruntime-node': '^1.30.0' }),
      };
    default:
      return { ...rest, devDependencies };
  }
}
