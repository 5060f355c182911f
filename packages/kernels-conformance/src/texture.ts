import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { casesOf, fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

const coefficients = ['three-digit', 'exact'] as const;

/** Texture against mahotas and the definition of the colour statistics. */
export function testTexture(h: Harness): void {
  describe('texture', () => {
    test.each(casesOf('haralick'))('haralick %s', async name => {
      const x = h.up(fixture<'u8'>(`haralick.${name}.in`));
      const want = fixture<'f64'>(`haralick.${name}.out`);
      const each = h.keep(await h.kernels.haralick(x, 'each'));
      expect(each.shape).toEqual(want.shape);
      const last = (i: number) => i % 13 === 12;
      const got = await h.kernels.read(each);
      expectClose(got, want.data, tolerances.haralick, i => !last(i));
      expectClose(got, want.data, tolerances.haralickLast, last);
      const mean = h.keep(await h.kernels.haralick(x, 'mean'));
      expect(mean.shape).toEqual([2, 13]);
      const average = Array.from({ length: 26 }, (_, i) => [0, 1, 2, 3].reduce((sum, d) => sum + got[Math.floor(i / 13) * 52 + d * 13 + (i % 13)]! / 4, 0));
      expectClose(await h.kernels.read(mean), average, tolerances.haralick);
    });

    test.each(['truncate', 'round'] as const)('quantise by %s', async rounding => {
      const x = fixture<'f64'>('quantise.all.in');
      const want = fixture(`quantise.${rounding}.out`).data;
      expect(await h.values(h.kernels.quantise(h.up(x), rounding))).toEqual(want);
    });

    test.each(coefficients)('colour statistics and planes, %s', async name => {
      const x = h.up(fixture<'u8'>('csd.all.in'));
      const features = h.keep(await h.kernels.csd(x, name));
      expect(features.shape).toEqual([2, 588]);
      expectClose(await h.kernels.read(features), fixture(`csd.${name}.out`).data, tolerances.csd);
      const planes = h.keep(await h.kernels.colourPlanes(x, name));
      expect(planes.shape).toEqual([2, 4, 37, 29]);
      expect(await h.kernels.read(planes)).toEqual(fixture(`colourPlanes.${name}.out`).data);
    });

    test.each(['full', 'half'] as const)('rich model, %s', async scale => {
      for (const name of ['colour', 'grey']) {
        const features = h.keep(await h.kernels.richModel(h.up(fixture<'u8'>(`richModel.${name}.in`)), scale));
        const want = fixture<'f32'>(`richModel.${name}-${scale}.out`);
        expect(features.shape).toEqual(want.shape);
        expectClose(await h.kernels.read(features), want.data, tolerances.richModel);
      }
    });
  });
}
