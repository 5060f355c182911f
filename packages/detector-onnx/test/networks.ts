import { type Network, type StoredTensor, seededState } from '@syntrace/core';
import { networkToOnnx } from '@syntrace/model-runtime';

const linear = (from: number, to: number) => ({ kind: 'linear', name: 'head', from, to }) as const;
const tensor = (shape: readonly number[], data: readonly number[]): StoredTensor<'f32'> => ({ dtype: 'f32', shape, data: Float32Array.from(data) });

/** A model whose outputs are the means over what it takes for places of its first axis: planes of NCHW, rows of NHWC. */
export function meansModel(places: number): Uint8Array {
  const network: Network = {
    name: 'means',
    input: { name: 'x', channels: places },
    output: { name: 'y' },
    layers: [{ kind: 'global-average-pool' }, linear(places, places)],
  };
  const identity = Array.from({ length: places * places }, (_, i) => (i % (places + 1) === 0 ? 1 : 0));
  const state = new Map([
    ['head.weight', tensor([places, places], identity)],
    ['head.bias', tensor([places], new Array<number>(places).fill(0))],
  ]);
  return networkToOnnx(network, state);
}

/** A small network with weights from a seed: two outputs that depend on every sample. */
export function seededModel(seed = 3): Uint8Array {
  const network: Network = {
    name: 'seeded',
    input: { name: 'x', channels: 3 },
    output: { name: 'y' },
    layers: [
      { kind: 'convolution', name: 'stem', from: 3, to: 4, kernel: 3, stride: 2, padding: 1, bias: true },
      { kind: 'relu' },
      { kind: 'global-average-pool' },
      linear(4, 2),
    ],
  };
  return networkToOnnx(network, seededState(network, seed));
}
