import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

const gaussians = [
  [3, 4],
  [9, 4],
  [0, 1.3],
  [5, 0],
] as const;
const sizes = [
  [41, 33],
  [80, 20],
  [17, 50],
] as const;

/** Filters against OpenCV, scikit-image and SciPy; noise against its definition. */
export function testFilters(h: Harness): void {
  const pictures = () => h.up(fixture<'u8'>('filters.all.in'));

  describe('filters', () => {
    test.each(gaussians)('gaussianBlur of %s taps, sigma %s', async (taps, sigma) => {
      const name = `gaussianBlur.${taps}-${Number.isInteger(sigma) ? sigma.toFixed(1) : sigma}`;
      const blur = (arithmetic: 'exact' | 'opencv') => h.values(h.kernels.gaussianBlur(pictures(), { taps, sigma, arithmetic }));
      expect(await blur('opencv')).toEqual(fixture(`${name}.opencv`).data);
      expect(await blur('exact')).toEqual(fixture(`${name}.exact`).data);
    });

    test.each([3, 5, 7])('medianFilter of %s', async side => {
      expect(await h.values(h.kernels.medianFilter(pictures(), side))).toEqual(fixture(`medianFilter.${side}.out`).data);
    });

    test('bilateralFilter of colour and grey', async () => {
      const colour = await h.values(h.kernels.bilateralFilter(pictures(), { radius: 3, colourSigma: 40, spaceSigma: 2.5 }));
      expectClose(colour, fixture('bilateralFilter.3.out').data, tolerances.level);
      const { data, shape } = fixture<'u8'>('filters.all.in');
      const green = { dtype: 'u8', shape: [...shape.slice(0, 3), 1], data: data.filter((_, i) => i % 3 === 1) } as const;
      const grey = await h.values(h.kernels.bilateralFilter(h.up(green), { radius: 2, colourSigma: 25, spaceSigma: 1.5 }));
      expectClose(grey, fixture('bilateralFilter.1.out').data, tolerances.level);
    });

    for (const resampling of ['cubic', 'linear-antialiased', 'linear-pillow'] as const) {
      test.each(sizes)(`resize to %s × %s, ${resampling}`, async (width, height) => {
        const result = h.keep(await h.kernels.resize(pictures(), { width, height, resampling }));
        expect(result.shape).toEqual([2, height, width, 3]);
        const want = fixture(`resize.${resampling}-${width}x${height}.out`).data;
        const values = await h.kernels.read(result);
        if (resampling === 'linear-pillow') expect(values).toEqual(want);
        else expectClose(values, want, resampling === 'cubic' ? tolerances.resizeCubic : tolerances.level);
      });
    }

    test('normalNoise by counter, whatever the shape', async () => {
      const noise = h.keep(await h.kernels.normalNoise([4, 128], { seed: 20260, stream: 7 }));
      expect(noise.shape).toEqual([4, 128]);
      const all = await h.kernels.read(noise);
      expectClose(all, fixture('normalNoise.all.out').data, tolerances.normalNoise);
      expect(await h.values(h.kernels.normalNoise([37], { seed: 20260, stream: 7 }))).toEqual(all.slice(0, 37));
      expect(await h.values(h.kernels.normalNoise([37], { seed: 20260, stream: 8 }))).not.toEqual(all.slice(0, 37));
    });

    test('addNoise clips and truncates', async () => {
      const noise = h.up(fixture<'f32'>('addNoise.all.in2'));
      expect(await h.values(h.kernels.addNoise(pictures(), noise, 12.5))).toEqual(fixture('addNoise.all.out').data);
    });
  });
}
