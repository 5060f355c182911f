import type { ResidualOptions, WaveletBands, WaveletBorder } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { casesOf, fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

const PRNU = { levels: 2, sigma: 0.8 };

/** Wavelets, residuals and fingerprints against NumPy and PyWavelets in float64. */
export function testNoise(h: Harness): void {
  const kept = (bands: WaveletBands<'f32'>) => Object.values(bands).map(band => h.keep(band));

  describe('noise', () => {
    test.each(['periodic', 'symmetric'] as const)('dwt2 and back, %s', async (border: WaveletBorder) => {
      const x = fixture<'f32'>(`dwt2.${border}.in`);
      const bands = await h.kernels.dwt2(h.up(x), border);
      for (const [i, band] of kept(bands).entries()) {
        const want = fixture(`dwt2.${border}.out${i ? i + 1 : ''}`);
        expect(band.shape).toEqual(want.shape);
        expectClose(await h.kernels.read(band), want.data, tolerances.dwt2);
      }
      const [, height, width] = x.shape as [number, number, number];
      const back = h.keep(await h.kernels.idwt2(bands, { border, height, width }));
      expect(back.shape).toEqual(x.shape);
      expectClose(await h.kernels.read(back), x.data, tolerances.wavelet);
    });

    test('localWiener', async () => {
      const got = await h.values(h.kernels.localWiener(h.up(fixture<'f64'>('localWiener.all.in')), 2.5));
      expectClose(got, fixture('localWiener.all.out').data, tolerances.localWiener);
    });

    test.each(casesOf('noiseResidual'))('noiseResidual %s', async name => {
      const [border, levels, sigma] = name.split('-') as [WaveletBorder, string, string];
      const options = { border, levels: Number(levels), sigma: Number(sigma) };
      const x = fixture<'u8'>(`noiseResidual.${name}.in`);
      for (const grey of [true, false]) {
        const want = fixture(`noiseResidual.${name}.out${grey ? '2' : ''}`);
        const residual = h.keep(await h.kernels.noiseResidual(h.up(x), { ...options, grey }));
        expect(residual.shape).toEqual(want.shape);
        expectClose(await h.kernels.read(residual), want.data, tolerances.noiseResidual);
        const exact = h.up({ dtype: 'f64', data: Float64Array.from(x.data), shape: x.shape });
        expectClose(await h.values(h.kernels.noiseResidual(exact, { ...options, grey })), want.data, { absolute: 1e-6, why: 'float64 against rounded values' });
      }
    });

    test.each(casesOf('zeroMean'))('zeroMean and fourierWiener %s', async name => {
      const mean = await h.values(h.kernels.zeroMean(h.up(fixture<'f64'>(`zeroMean.${name}.in`))));
      expectClose(mean, fixture(`zeroMean.${name}.out`).data, tolerances.zeroMean);
      const filtered = await h.values(h.kernels.fourierWiener(h.up(fixture<'f64'>(`fourierWiener.${name}.in`))));
      expectClose(filtered, fixture(`fourierWiener.${name}.out`).data, tolerances.fourierWiener);
    });

    test.each(['published', 'corrected'] as const)('prnuAdd and prnuEstimate, %s saturation', async saturation => {
      const x = fixture<'u8'>('prnuAdd.all.in');
      const one = x.data.length / 3;
      const shape = [1, ...x.shape.slice(1)];
      let sums = null;
      for (const i of [0, 1, 2]) {
        const picture = h.up({ dtype: 'u8', data: x.data.slice(i * one, (i + 1) * one), shape });
        sums = await h.kernels.prnuAdd(sums, picture, { ...PRNU, saturation });
        h.keep(sums.products);
        h.keep(sums.weights);
      }
      expectClose(await h.kernels.read(sums!.products), fixture(`prnuAdd.${saturation}.out`).data, tolerances.prnuProducts);
      expectClose(await h.kernels.read(sums!.weights), fixture(`prnuAdd.${saturation}.out2`).data, tolerances.prnuWeights);
      const estimate = h.keep(await h.kernels.prnuEstimate(sums!));
      expect(estimate.shape).toEqual([24, 30]);
      expectClose(await h.kernels.read(estimate), fixture(`prnuEstimate.${saturation}.out`).data, tolerances.prnuEstimate);
    });

    test('normalisedCorrelation', async () => {
      const [a, b] = ['in', 'in2'].map(role => h.up(fixture<'f32'>(`normalisedCorrelation.all.${role}`))) as [Row, Row];
      const result = h.keep(await h.kernels.normalisedCorrelation(a, b));
      expect(result.shape).toEqual([3, 5]);
      expectClose(await h.kernels.read(result), fixture('normalisedCorrelation.all.out').data, tolerances.normalisedCorrelation);
    });

    test('groupMeans and groupSums', async () => {
      const x = h.up({ dtype: 'f32', data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 1, 2] });
      const means = h.keep(await h.kernels.groupMeans(x, [[0, 2], [1]]));
      expect(means.shape).toEqual([2, 1, 2]);
      expect(await h.kernels.read(means)).toEqual(Float32Array.of(3, 4, 3, 4));
      expect(await h.values(h.kernels.groupSums(x, [[0, 1, 2]]))).toEqual(Float32Array.of(9, 12));
    });

    test.each([
      ['KERNEL_SHAPE', 'sides that no mirror image pads', [1, 5, 64, 1], {}],
      ['KERNEL_SHAPE', 'two channels', [1, 16, 16, 2], {}],
      ['KERNEL_VALUE', 'no levels', [1, 16, 16, 1], { levels: 0 }],
      ['KERNEL_VALUE', 'no noise', [1, 16, 16, 1], { sigma: 0 }],
      ['KERNEL_VALUE', 'an unknown border', [1, 16, 16, 1], { border: 'zero' as 'periodic' }],
    ] as const)('%s: a residual of %s', async (code, _, shape, change) => {
      const options: ResidualOptions = { border: 'periodic', levels: 4, sigma: 2, grey: true, ...change };
      const x = h.keep(h.kernels.tensor('u8', new Uint8Array(shape.reduce<number>((a, b) => a * b, 1)), shape));
      await expect(h.kernels.noiseResidual(x, options)).rejects.toMatchObject({ code });
    });

    test('refused: a wavelet of an odd side, a group without rows, a row that is not there', async () => {
      const x = h.keep(h.kernels.tensor('f32', new Float32Array(6), [2, 3]));
      await expect(h.kernels.dwt2(x, 'periodic')).rejects.toMatchObject({ code: 'KERNEL_SHAPE' });
      await expect(h.kernels.groupMeans(x, [[]])).rejects.toMatchObject({ code: 'KERNEL_VALUE' });
      await expect(h.kernels.groupMeans(x, [[2]])).rejects.toMatchObject({ code: 'KERNEL_VALUE' });
    });
  });
}

type Row = ReturnType<Harness['kernels']['tensor']> & { readonly dtype: 'f32' };
