import { describe, expect, test } from 'vitest';
import { expectClose } from '../compare.js';
import type { Harness } from '../harness.js';
import type { NpyArray } from '../npy.js';
import { array } from './vectors.js';

const pictures = ['a_rgb_256', 'b_rgb_256', 'e_rgb_256', 'd_rgb_193x251', 'g_sat_rgb_96'];

/** The reference vectors of NoiseScope's fingerprint texture and of CSD. */
export function testTextureGolden(h: Harness): void {
  describe('golden vectors: texture', () => {
    test('fingerprints as bytes, and their Haralick features', async () => {
      const quantised = h.keep(await h.kernels.quantise(h.up(array('noisescope/texture/fingerprints') as NpyArray<'f64'>), 'truncate'));
      expect(await h.kernels.read(quantised)).toEqual(array('noisescope/texture/quantised').data);
      const each = await h.values(h.kernels.haralick(quantised, 'each'));
      expectClose(each, array('noisescope/texture/haralick_4dir').data, { relative: 1e-11, absolute: 1e-11, why: 'float64; manifest: 1e-8' });
      const mean = await h.values(h.kernels.haralick(quantised, 'mean'));
      expectClose(mean, array('noisescope/texture/haralick_mean').data, { relative: 1e-11, absolute: 1e-11, why: 'float64; manifest: 1e-8' });
    });

    test.each(pictures)('colour statistics of %s', async name => {
      const picture = array(`noisescope/images/${name}`) as NpyArray<'u8'>;
      const x = h.up({ ...picture, shape: [1, ...picture.shape] });
      const want = array('noisescope/csd/features').data.slice(588 * pictures.indexOf(name), 588 * (pictures.indexOf(name) + 1));
      expectClose(await h.values(h.kernels.csd(x, 'exact')), want, { absolute: 1e-12, why: 'manifest, exact coefficients' });
      expectClose(await h.values(h.kernels.csd(x, 'three-digit')), want, { absolute: 2e-4, why: 'manifest, coefficients of three digits' });
      if (name !== 'g_sat_rgb_96') return;
      expect(await h.values(h.kernels.colourPlanes(x, 'exact'))).toEqual(array('noisescope/csd/g_hsvycc').data);
    });
  });
}
