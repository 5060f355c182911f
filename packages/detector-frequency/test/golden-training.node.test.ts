import { parametersOf, type StoredTensor } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { type Architecture, classifierNetwork } from '../src/classifier/networks.js';
import { npy } from './npy.js';
import { golden, hasGolden } from './platform/node.js';
import { openLearners } from './trainer.js';

const { learners, trains } = await openLearners();

/** The numbers of the golden data's README: uniform in −1…1 by tensor and place. */
function draw(tensor: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    let h = (Math.imul(i + 1, 2654435761) + Math.imul(tensor + 1, 2246822519)) >>> 0;
    h = Math.imul(h ^ (h >>> 16), 2246822507) >>> 0;
    h = Math.imul(h ^ (h >>> 13), 3266489909) >>> 0;
    return (2 * ((h ^ (h >>> 16)) >>> 0)) / 2 ** 32 - 1;
  });
}

/** Pixels first to planes first: [n, h, w, c] → [n, c, h, w]. */
const planesFirst = (values: ArrayLike<number>, n: number, plane: number, channels: number): Float32Array =>
  Float32Array.from({ length: values.length }, (_, at) => {
    const [row, rest] = [Math.floor(at / (plane * channels)), at % (plane * channels)];
    return values[row * plane * channels + (rest % plane) * channels + Math.floor(rest / plane)]!;
  }).subarray(0, n * plane * channels);

/** Weights of the golden run under our names. `flattened`: samples of a plane and channels before the first dense layer. */
function weightsOf(architecture: Architecture, size: number, outputs: number): ReadonlyMap<string, StoredTensor<'f32'>> {
  const network = classifierNetwork(architecture, { size, channels: 3, outputs });
  const side = architecture === 'cnn' ? size / 4 : size;
  const [plane, channels] = [side * side, architecture === 'cnn' ? 32 : 3];
  let first = true;
  const state = parametersOf(network).map(({ name, shape, role }, tensor) => {
    const [out, inputs] = [shape[0]!, shape.slice(1).reduce((a, b) => a * b, 1)];
    const drawn = draw(tensor, out * inputs);
    if (role === 'bias') return [name, { dtype: 'f32', shape, data: Float32Array.from(drawn, v => 0.1 * v) } as const] as const;
    const reach = Math.sqrt(6 / inputs);
    const theirs = Float32Array.from(drawn, v => v * reach);
    // Keras keeps [inputs, out]; ours are [out, inputs].
    const rows = Float32Array.from({ length: theirs.length }, (_, at) => theirs[(at % inputs) * out + Math.floor(at / inputs)]!);
    const isFlattened = role === 'linear' && first;
    if (isFlattened) first = false;
    const data =
      role === 'convolution' ? planesFirst(rows, out, shape[2]! * shape[3]!, shape[1]!) : isFlattened ? planesFirst(rows, out, plane, channels) : rows;
    return [name, { dtype: 'f32', shape, data } as const] as const;
  });
  return new Map(state);
}

const PENALTIES: Readonly<Record<string, { readonly on: string; readonly l1: number; readonly l2: number }>> = {
  log1: { on: 'dense.weight', l1: 0.01, l2: 0 },
  log2: { on: 'dense.weight', l1: 0, l2: 0.01 },
  log3: { on: 'dense.weight', l1: 0.01, l2: 0.01 },
  nn: { on: 'hidden.weight', l1: 0, l2: 0.01 },
};

describe.skipIf(!hasGolden || !trains)('three steps of the published training', () => {
  it.each(['log', 'log1', 'log2', 'log3', 'nn', 'cnn'].flatMap(model => [1, 5].map(outputs => [model, outputs] as const)))(
    '%s, %i outputs',
    async (model, outputs) => {
      const architecture: Architecture = model.startsWith('log') ? 'linear' : (model as Architecture);
      const size = model === 'cnn' ? 16 : 8;
      const penalty = PENALTIES[model];
      const trainer = await learners.network(classifierNetwork(architecture, { size, channels: 3, outputs }), {
        loss: outputs === 1 ? 'binary' : 'softmax',
        rate: 0.001,
        seed: 1,
        method: { kind: 'adam', epsilon: 1e-7, corrected: false },
        penalties: penalty ? { [penalty.on]: { l1: penalty.l1, l2: penalty.l2 } } : {},
      });
      trainer.load(weightsOf(architecture, size, outputs));
      const pixels = size * size * 3;
      const inputs = Float32Array.from(draw(2000, 24 * pixels), v => 2 * v);
      const wanted = npy(await golden(`models/train_${model}_c${outputs}_losses.npy`)).data;
      for (let step = 0; step < 3; step++) {
        const batch = planesFirst(inputs.slice(step * 8 * pixels, (step + 1) * 8 * pixels), 8, size * size, 3);
        const labels = Uint8Array.from({ length: 8 }, (_, i) => {
          const at = 7 * (8 * step + i);
          return outputs === 1 ? (at % 3) % 2 : at % 5;
        });
        const { loss } = await trainer.step({ dtype: 'f32', shape: [8, 3, size, size], data: batch }, labels);
        const total = wanted[3 * step + 2]!;
        expect(Math.abs(loss - total), `step ${step + 1}`).toBeLessThan(1e-5 + 2e-5 * Math.abs(total));
      }
      const last = model === 'cnn' ? 9 : model === 'nn' ? 3 : 1;
      const bias = npy(await golden(`models/train_${model}_c${outputs}_w${last}.npy`)).data;
      trainer
        .state()
        .get('dense.bias')!
        .data.forEach((value, k) => {
          expect(Math.abs(value - bias[k]!)).toBeLessThan(2e-5);
        });
    },
  );
});
