import type { MaskHeads } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../compare.js';
import type { Harness } from '../harness.js';
import { array, json, single } from './vectors.js';

const SIDE = 94;
const COUNT = 3 * SIDE * SIDE;

/** The manifest's hash of a place, 0…1. */
function hashed(i: number, stream: number): number {
  let t = (i + Math.imul(stream, 0x9e3779b1)) >>> 0;
  t = Math.imul(t ^ (t >>> 16), 0x7feb352d);
  t = Math.imul(t ^ (t >>> 15), 0x846ca68b);
  return ((t ^ (t >>> 16)) >>> 0) / 2 ** 32;
}

const reference = single(
  Array.from({ length: COUNT }, (_, i) => {
    const [u, v] = [(Math.floor(i / SIDE) % SIDE) - SIDE / 2, (i % SIDE) - SIDE / 2];
    return 2 * hashed(i, 1) - 1 + 3 * (1 - (4 * (u * u + v * v)) / SIDE ** 2);
  }),
);
const logits = single(Array.from({ length: COUNT }, (_, i) => 12 * hashed(i, 2) - 6));

/** The reference vectors of MaskSim behind its denoiser, with the seeded model of the manifest. */
export function testMaskSimGolden(h: Harness): void {
  const residual = (name: string) => h.up({ dtype: 'f32', data: single(array(`masksim/${name}`).data), shape: [1, 3, SIDE, SIDE] });
  const spectrum = async (name: string) => h.keep(await h.kernels.centredLogSpectrum(residual(name), 1e-10));
  const model = async (): Promise<MaskHeads> => {
    const planes = [1, 1, 3, SIDE, SIDE];
    const double = (values: readonly number[], shape: readonly number[]) => h.up({ dtype: 'f64', data: Float64Array.from(values), shape });
    return {
      masks: h.keep(await h.kernels.maskOfLogits(h.up({ dtype: 'f32', data: logits, shape: planes }))),
      references: h.up({ dtype: 'f32', data: reference, shape: planes }),
      mixing: double([0.9, 0.2, -0.1, 0.1, 0.8, 0.15, -0.2, 0.05, 1.1], [1, 3, 3]),
      norm: double([1.2, 0.8, 1.5, 0.05, -0.1, 0.2, -3.0, -3.2, -2.5, 4.0, 3.0, 5.0], [1, 4, 3]),
      scale: double([2.5, -1.25], [1, 2]),
    };
  };

  describe('golden vectors: MaskSim', () => {
    test('the mask', async () => {
      const { masks } = await model();
      expectClose(await h.kernels.read(masks), array('masksim/mask128_of_seeded_head').data, { absolute: 1e-6, why: 'manifest' });
    });

    test.each(['real', 'fake'] as const)('spectrum and similarity of the %s picture', async name => {
      const spectra = await spectrum(`${name}_crop128.residual64`);
      const [got, want] = [await h.kernels.read(spectra), array(`masksim/${name}_crop128.logspec64`).data];
      const norm = (values: Iterable<number>) => Math.hypot(...values);
      expect(norm(Array.from(want, (value, i) => got[i]! - value)) / norm(want)).toBeLessThan(1e-5);
      const { cosines, logits: logit } = await h.kernels.maskSimilarity(spectra, await model());
      const known = (json('masksim/inference') as { eval_128: Record<string, { similarity_float64: number; probability_float64: number }> }).eval_128[name]!;
      const three = await h.values(Promise.resolve(cosines));
      expectClose([(three[0]! + three[1]! + three[2]!) / 3], [known.similarity_float64], { absolute: 2e-6, why: 'float32 spectra; manifest: 3e-5' });
      const [z] = await h.kernels.read(h.keep(logit));
      expectClose([1 / (1 + Math.exp(-z!))], [known.probability_float64], { absolute: 5e-6, why: 'float32 spectra; manifest: 1e-4' });
    });

    test('the similarity map, from the float32 residual it was made of', async () => {
      const map = await h.values(h.kernels.maskSimilarityMap(await spectrum('fake_crop128.residual'), await model()));
      expectClose(map, array('masksim/fake_crop128.simmap').data, { absolute: 1e-6, why: 'manifest' });
    });
  });
}
