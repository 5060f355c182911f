import type { Kernels, Tensor } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import type { Factory } from './harness.js';

/** Two sessions of a backend give the same bits from the same seed. */
export function testRepeats({ open }: Factory): void {
  describe('repeats', () => {
    test('two runs with the same seed give the same bits', async () => {
      const [first, second] = [await run(open, 7), await run(open, 7)];
      expect(second).toEqual(first);
      expect((await run(open, 8))[0]).not.toEqual(first[0]);
    });
  });
}

/** Noise, and sums over it of which the order could change: filters, transforms, residuals, all pairs, axes. */
async function run(open: Factory['open'], seed: number): Promise<unknown[]> {
  const k = await open();
  const size = { height: 72, width: 96 };
  const shape = [6, size.height, size.width, 3] as const;
  const flat = k.tensor('u8', new Uint8Array(6 * size.height * size.width * 3).fill(128), shape);
  const noise = await k.normalNoise(shape, { seed, stream: 1 });
  const pictures = await k.addNoise(flat, noise, 30);
  const blurred = await k.gaussianBlur(pictures, { taps: 5, sigma: 1.2, arithmetic: 'exact' });
  const residuals = (await k.noiseResidual(pictures, { border: 'periodic', levels: 4, sigma: 2, grey: true })) as Tensor<'f32'>;
  const luma = await k.colour(blurred, 'bt601');
  const { mean, deviation } = await k.tileLogDct(luma, { tile: 8, stride: 4, eps: 1e-3 });
  const spectra = await k.pceSpectra(residuals);
  const pairs = await k.pcePairs(spectra, size);
  const rows = k.tensor('f32', await k.read(mean), [6, 64]);
  const { axes, variances } = await k.principalAxes(rows, 3);
  const results = await readAll(k, [noise, pictures, blurred, residuals, await k.dct2(luma), mean, deviation, pairs, axes, variances]);
  await k.close();
  return results;
}

const readAll = (k: Kernels, tensors: readonly Tensor[]) => Promise.all(tensors.map(tensor => k.read(tensor)));
