import type { StoredTensor } from '../artifact/safetensors.js';
import type { Network } from '../contract/network.js';
import { seededRandom } from '../random.js';
import { type Parameter, parametersOf } from './parameters.js';

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Weights from a seed, the same everywhere: to prove an export, never to judge by. Convolutions and linear layers uniform with variance 1/inputs,
 *  batch norms away from doing nothing, so that a mistake shows. O(parameters) */
export const seededState = (network: Network, seed: number): ReadonlyMap<string, StoredTensor<'f32'>> =>
  new Map(
    parametersOf(network).map(({ name, shape, role }) => {
      const { next } = seededRandom(seed, name);
      const [low, high] = rangeOf(role, shape);
      return [name, { dtype: 'f32', shape, data: Float32Array.from({ length: sizeOf(shape) }, () => low + (high - low) * next()) }];
    }),
  );

function rangeOf(role: Parameter['role'], [, ...inputs]: readonly number[]): readonly [low: number, high: number] {
  if (role === 'scale') return [0.8, 1.2];
  if (role === 'variance') return [0.5, 1.5];
  if (role !== 'convolution' && role !== 'linear') return [-0.2, 0.2];
  const reach = Math.sqrt(3 / sizeOf(inputs));
  return [-reach, reach];
}

/** The input of a recorded run: uniform in −1…1. */
export function recordedInput({ seed, shape }: { readonly seed: number; readonly shape: readonly number[] }): StoredTensor<'f32'> {
  const { next } = seededRandom(seed, 'model-input');
  return { dtype: 'f32', shape, data: Float32Array.from({ length: sizeOf(shape) }, () => 2 * next() - 1) };
}
