import { describe, expect, test } from 'vitest';
import { expectClose } from '../compare.js';
import type { Harness } from '../harness.js';
import type { NpyArray } from '../npy.js';
import { array, shareClose, single } from './vectors.js';

const manifest = { absolute: 1, why: 'manifest: fixed point against real sums' };

/** The reference vectors of perturbations and of the antialiased crop. */
export function testPerturbationGolden(h: Harness): void {
  const picture = (name: string) => {
    const found = array(`frequency/inputs/${name}`) as NpyArray<'u8'>;
    return h.up({ ...found, shape: [1, ...found.shape] });
  };
  /** The window of a picture from a corner. */
  const cut = async (name: string, { x, y, width, height }: { x: number; y: number; width: number; height: number }) =>
    h.keep(await h.kernels.crop(picture(name), [{ x, y, width, height }]));

  describe('golden vectors: perturbations', () => {
    test.each([3, 5, 7, 9])('blur of %s taps', async taps => {
      const want = array(`frequency/perturb/blur_k${taps}`).data;
      for (const arithmetic of ['exact', 'opencv'] as const) {
        const got = await h.values(h.kernels.gaussianBlur(picture('photo_001_128'), { taps, sigma: 4, arithmetic }));
        expectClose(got, want, manifest);
        expect(shareClose(got, want, () => 0)).toBeGreaterThan(0.94);
      }
    });

    test('noise of a given field', async () => {
      const field = array('frequency/perturb/noise_field');
      const noise = h.up({ dtype: 'f32', data: single(field.data), shape: field.shape });
      const got = await h.values(h.kernels.addNoise(picture('photo_001_128'), noise, 12.5));
      const want = array('frequency/perturb/noise_s12.5').data;
      expectClose(got, want, { absolute: 1, why: 'manifest: the field is stored in float32' });
      expect(shareClose(got, want, () => 0)).toBeGreaterThan(0.9999);
    });

    test.each([0.05, 0.1, 0.1999])('a crop of %s, bicubic back', async share => {
      const edge = Math.trunc((128 * share) / 2);
      const inner = await cut('photo_001_128', { x: edge, y: edge, width: 128 - 2 * edge, height: 128 - 2 * edge });
      const got = await h.values(h.kernels.resize(inner, { width: 128, height: 128, resampling: 'cubic' }));
      expectClose(got, array(`frequency/perturb/crop_p${share}`).data, manifest);
    });

    test('a crop that comes out transposed in size', async () => {
      const [a, b] = [Math.trunc((130 * 0.1) / 2), Math.trunc((200 * 0.1) / 2)];
      const inner = await cut('photo_200x130', { x: b, y: a, width: 200 - 2 * b, height: 130 - 2 * a });
      const got = h.keep(await h.kernels.resize(inner, { width: 130, height: 200, resampling: 'cubic' }));
      expectClose(await h.kernels.read(got), array('frequency/perturb/crop_200x130_p0.1').data, manifest);
    });

    test.each([
      ['256', { x: 0, y: 0, width: 256, height: 256 }],
      ['341x256', { x: 128, y: 0, width: 84, height: 256 }],
      ['178x218', { x: 0, y: 89, width: 178, height: 40 }],
    ] as const)('the antialiased crop of %s', async (name, window) => {
      const inner = await cut(`photo_${name}`, window);
      const got = await h.values(h.kernels.resize(inner, { width: 128, height: 128, resampling: 'linear-antialiased' }));
      expectClose(got, array(`frequency/crop/lsun_${name}`).data, manifest);
    });
  });
}
