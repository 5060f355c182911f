import { type FoundClassifier, type Network, type StoredTensor, SyntraceError } from '@syntrace/core';
import { fitState } from '../../network/fit-state.js';
import { refuserOf } from '../refuse.js';
import type { CheckpointTensor } from '../tensors.js';
import { Bundle } from './bundle.js';
import { kerasModelOf } from './keras.js';
import { translateLayers } from './layers.js';
import { permute } from './permute.js';
import type { Weighted } from './translate-layer.js';

/** A classifier out of a SavedModel folder. */
export interface SavedModel {
  readonly found: FoundClassifier;
  /** By the names of the found layers, in the order of `parametersOf`; laid out as our networks take them. */
  readonly state: ReadonlyMap<string, StoredTensor<'f32'>>;
  /** Of Keras. */
  readonly version: string;
}

/** The found layers as a network. */
export const networkOf = ({ layers, input: { channels } }: FoundClassifier): Network => ({
  name: 'the layers that it describes',
  input: { name: 'input', channels },
  output: { name: 'logits' },
  layers,
});

const KEY = /^layer_with_weights-\d+\/[^/]+\/\.ATTRIBUTES\/VARIABLE_VALUE$/;

/** Reads a classifier that Keras saved (`model.save(folder, save_format="tf")`), without TensorFlow: its layers from the configuration in the graph's file, its
 *  variables from the checkpoint's index and shards. `files` by their path in the folder. Nothing in it is executed. O(bytes)
 *  @throws CHECKPOINT_INVALID for damage and for layers of other kinds, CHECKPOINT_MISMATCH when variables and layers do not fit */
export function readSavedModel(files: ReadonlyMap<string, Uint8Array>, folder: string): SavedModel {
  const refuse = refuserOf(folder);
  const model = kerasModelOf(files, refuse);
  const { found, weighted } = translateLayers(model, refuse);
  const network = networkOf(found);
  const bundle = new Bundle(files, refuse);
  const mismatch = (detail: string): never => {
    throw new SyntraceError('CHECKPOINT_MISMATCH', { file: folder, network: network.name, detail });
  };
  const wanted = weighted.flatMap((layer, i) =>
    variablesOf(layer).map(([word, ours]) => ({ layer, ours, name: `${layer.name}/${word}`, key: keyOf(i, word) })),
  );
  const keys = new Set(wanted.map(({ key }) => key));
  const missing = wanted.filter(({ key }) => !bundle.has(key));
  if (missing.length > 0) return mismatch(`${missing.length} of ${wanted.length} variables are missing: ${missing[0]!.name}`);
  const extra = bundle.names.filter(name => KEY.test(name) && !keys.has(name));
  if (extra.length > 0) return mismatch(`${extra.length} variables belong to no layer: ${extra[0]}`);
  const tensors = new Map(wanted.map(({ layer, ours, key }) => [`${layer.name}.${ours}`, laidOut(bundle.tensor(key), layer)]));
  return { found, state: fitState(tensors, network, [], folder).state, version: model.version };
}

const keyOf = (index: number, word: string): string => `layer_with_weights-${index}/${word}/.ATTRIBUTES/VARIABLE_VALUE`;

/** Names of variables in Keras and here. */
function variablesOf({ kind, bias }: Weighted): readonly (readonly [theirs: string, ours: string])[] {
  if (kind !== 'batch-norm') return [['kernel', 'weight'], ...(bias ? ([['bias', 'bias']] as const) : [])];
  return [
    ['gamma', 'weight'],
    ['beta', 'bias'],
    ['moving_mean', 'running_mean'],
    ['moving_variance', 'running_var'],
  ];
}

/** Kernels [h, w, in, out] become [out, in, h, w]; a dense one [in, out] becomes [out, in], and where its rows were pixels they become planes.
 *  What has other dimensions stays as it is and is refused by its shape. */
function laidOut(tensor: CheckpointTensor, { kind, flattened }: Weighted): CheckpointTensor {
  const { dtype, shape, bytes } = tensor;
  if (dtype !== 'float32') return tensor;
  // A copy: a shard's variables need not lie at multiples of four bytes. (A Buffer of Node would be shared if it were sliced.)
  const data = new Float32Array(new Uint8Array(bytes).buffer);
  const ordered = (sizes: readonly number[], axes: readonly number[], to: readonly number[] = axes.map(axis => sizes[axis]!)): CheckpointTensor => {
    const permuted = permute({ dtype: 'f32', shape: sizes, data }, axes).data;
    return { dtype, shape: to, bytes: new Uint8Array(permuted.buffer) };
  };
  if (kind === 'convolution' && shape.length === 4) return ordered(shape, [3, 2, 0, 1]);
  if (kind !== 'dense' || shape.length !== 2) return tensor;
  const [rows, columns] = shape as [number, number];
  const fits = flattened !== undefined && rows === flattened.reduce((a, b) => a * b, 1);
  return fits ? ordered([...flattened, columns], [3, 2, 0, 1], [columns, rows]) : ordered(shape, [1, 0]);
}
