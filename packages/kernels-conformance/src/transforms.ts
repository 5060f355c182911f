import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { casesOf, fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

/** Fourier, cosine and logarithm kernels against SciPy in float64. */
export function testTransforms(h: Harness): void {
  describe('transforms', () => {
    test.each(casesOf('dct2'))('dct2 %s', async name => {
      const x = fixture<'f32'>(`dct2.${name}.in`);
      const result = h.keep(await h.kernels.dct2(h.up(x)));
      expect(result.shape).toEqual(x.shape);
      expectClose(await h.kernels.read(result), fixture(`dct2.${name}.out`).data, tolerances.dct2);
    });

    test('dct2 in float64', async () => {
      const got = await h.values(h.kernels.dct2(h.up(fixture<'f64'>('dct2f64.20x33.in'))));
      expectClose(got, fixture('dct2f64.20x33.out').data, tolerances.dct2f64);
    });

    test.each(casesOf('rfft2'))('rfft2 and back %s', async name => {
      const x = fixture<'f32'>(`rfft2.${name}.in`);
      const spectrum = h.keep(await h.kernels.rfft2(h.up(x)));
      const want = fixture(`rfft2.${name}.out`);
      expect(spectrum.shape).toEqual(want.shape);
      expectClose(await h.kernels.read(spectrum), want.data, tolerances.rfft2);
      const back = h.keep(await h.kernels.irfft2(spectrum, x.shape.at(-1)!));
      expect(back.shape).toEqual(x.shape);
      expectClose(await h.kernels.read(back), x.data, tolerances.irfft2);
    });

    test.each(casesOf('fft2'))('fft2 and back %s', async name => {
      const x = fixture<'f32'>(`fft2.${name}.in`);
      const spectrum = h.keep(await h.kernels.fft2(h.up(x)));
      expect(spectrum.shape).toEqual(x.shape);
      expectClose(await h.kernels.read(spectrum), fixture(`fft2.${name}.out`).data, tolerances.fft2);
      expectClose(await h.values(h.kernels.ifft2(spectrum)), x.data, tolerances.irfft2);
    });

    test('fft2 in float64', async () => {
      const got = await h.values(h.kernels.fft2(h.up(fixture<'f64'>('fft2f64.19x12.in'))));
      expectClose(got, fixture('fft2f64.19x12.out').data, tolerances.fft2f64);
    });

    test('logAbs in float32 and float64', async () => {
      const single = await h.values(h.kernels.logAbs(h.up(fixture<'f32'>('logAbs.eps.in')), 1e-12));
      expectClose(single, fixture('logAbs.eps.out').data, tolerances.logAbs);
      const double = await h.values(h.kernels.logAbs(h.up(fixture<'f64'>('logAbsf64.eps.in')), 1e-12));
      expectClose(double, fixture('logAbsf64.eps.out').data, tolerances.logAbsf64);
    });

    test('logSpectrum', async () => {
      const got = await h.values(h.kernels.logSpectrum(h.up(fixture<'f32'>('logSpectrum.eps.in')), 1e-3));
      expectClose(got, fixture('logSpectrum.eps.out').data, tolerances.logSpectrum);
    });

    test.each(casesOf('tileLogDct'))('tileLogDct %s', async name => {
      const [tile, stride] = name.split('-').map(Number) as [number, number];
      const { mean, deviation } = await h.kernels.tileLogDct(h.up(fixture<'f32'>(`tileLogDct.${name}.in`)), { tile, stride, eps: 1e-1 });
      h.keep(mean);
      h.keep(deviation);
      expect(mean.shape).toEqual([2, tile, tile]);
      expectClose(await h.kernels.read(mean), fixture(`tileLogDct.${name}.out`).data, tolerances.tileLogDct);
      expectClose(await h.kernels.read(deviation), fixture(`tileLogDct.${name}.out2`).data, tolerances.tileLogDct);
    });

    test.each(['corner', 'centre'] as const)('radialMean from the %s', async origin => {
      const got = await h.values(h.kernels.radialMean(h.up(fixture<'f32'>('radialMean.all.in')), { origin, bins: 40 }));
      expectClose(got, fixture(`radialMean.${origin}.out`).data, tolerances.radialMean);
    });
  });
}
