import { describe, expect, test } from 'vitest';
import { expectClose } from '../compare.js';
import type { Harness } from '../harness.js';
import type { NpyArray } from '../npy.js';
import { array, planar } from './vectors.js';

/** The reference vectors of the PRNU baseline, with the tolerances of their manifest. */
export function testPrnuGolden(h: Harness): void {
  const within = (absolute: number, relative = 0) => ({ absolute, relative, why: 'manifest' });
  const cleaned = async (grey: Parameters<typeof h.kernels.zeroMean>[0]) => h.kernels.fourierWiener(h.keep(await h.kernels.zeroMean(grey)));
  const extract = async (pictures: NpyArray<'u8'>, levels: number, sigma: number) => {
    const grey = await h.kernels.noiseResidual(h.up(pictures), { border: 'symmetric', levels, sigma, grey: true });
    return h.keep(await cleaned(h.keep(grey))) as ReturnType<typeof h.up<'f32'>>;
  };
  const photo = (name: string) => {
    const picture = array(`frequency/inputs/${name}`) as NpyArray<'u8'>;
    return { ...picture, shape: [1, ...picture.shape] };
  };

  describe('golden vectors: PRNU', () => {
    test('wavelet of eleven samples', async () => {
      const { data } = array('frequency/prnu/dwt_in') as NpyArray<'f64'>;
      const rows = Float64Array.from({ length: 11 * 11 }, (_, i) => data[i % 11]!);
      const { low, alongX, alongY, alongBoth } = await h.kernels.dwt2(h.up({ dtype: 'f64', data: rows, shape: [11, 11] }), 'symmetric');
      for (const band of [low, alongX, alongY, alongBoth]) h.keep(band);
      // Columns are constant: the low taps add up to √2, the high ones to 0.
      const scaled = (name: string) => Float64Array.from({ length: 81 }, (_, i) => (array(`frequency/prnu/${name}`).data[i % 9]! as number) * Math.SQRT2);
      expectClose(await h.kernels.read(low), scaled('dwt_cA'), within(2e-9));
      expectClose(await h.kernels.read(alongX), scaled('dwt_cD'), within(2e-9));
      expectClose(await h.kernels.read(alongY), new Float64Array(81), within(2e-9));
    });

    test.each([
      ['v0.64', 0.64],
      ['v25', 25],
    ])('local Wiener, %s', async (name, variance) => {
      const got = await h.values(h.kernels.localWiener(h.up(array('frequency/prnu/wiener_in') as NpyArray<'f64'>), variance));
      expectClose(got, array(`frequency/prnu/wiener_out_${name}`).data, within(1e-6));
    });

    test('noise, grey and zero mean of a photo', async () => {
      const x = h.up(photo('photo_002_128'));
      const options = { border: 'symmetric', levels: 3, sigma: 0.8 } as const;
      const colour = await h.values(h.kernels.noiseResidual(x, { ...options, grey: false }));
      expectClose(colour, planar(array('frequency/prnu/noise_l3_s0.8')).data, within(2e-3));
      const grey = h.keep(await h.kernels.noiseResidual(x, { ...options, grey: true }));
      expectClose(await h.kernels.read(grey), array('frequency/prnu/gray').data, within(1e-3));
      expectClose(await h.values(h.kernels.zeroMean(grey)), array('frequency/prnu/zero_mean').data, within(1e-3));
    });

    test.each([
      ['extract_l3_s0.8', 'photo_002_128', 3, 0.8, within(2e-3)],
      ['extract_l4_s5', 'photo_002_128', 4, 5, within(3e-3)],
      ['extract_l1_s0.05', 'photo_002_128', 1, 0.05, within(1e-4, 0.01)],
      ['extract_200x130_l2_s0.95', 'photo_200x130', 2, 0.95, within(2e-3)],
    ] as const)('%s', async (name, input, levels, sigma, tolerance) => {
      expectClose(await h.kernels.read(await extract(photo(input), levels, sigma)), array(`frequency/prnu/${name}`).data, tolerance);
    });

    test('intensity scale and saturation', async () => {
      const x = array('frequency/prnu/sat_in') as NpyArray<'u8'>;
      const scale = planar(array('frequency/prnu/inten_scale')).data;
      const map = planar(array('frequency/prnu/sat_map')).data;
      const sums = await h.kernels.prnuAdd(null, h.up({ ...x, shape: [1, ...x.shape] }), { levels: 1, sigma: 1, saturation: 'published' });
      h.keep(sums.products);
      const want = scale.map((value, i) => (value * map[i]!) ** 2);
      expectClose(await h.kernels.read(h.keep(sums.weights)), want, within(1e-7));
    });

    test('fingerprints of three classes and their correlation with 30 pictures', async () => {
      const pictures = array('frequency/baselines/train_images') as NpyArray<'u8'>;
      const labels = array('frequency/baselines/train_labels').data;
      const want = array('frequency/prnu/fingerprints') as NpyArray<'f32'>;
      const size = pictures.data.length / pictures.shape[0]!;
      const classes = [...new Set(Array.from(labels as ArrayLike<number>))].sort((a, b) => a - b);
      for (const [i, label] of classes.entries()) {
        const own = Array.from({ length: labels.length }, (_, at) => at).filter(at => labels[at] === label);
        const data = new Uint8Array(own.length * size);
        for (const [to, at] of own.entries()) data.set(pictures.data.subarray(at * size, (at + 1) * size), to * size);
        const sums = await h.kernels.prnuAdd(null, h.up({ dtype: 'u8', data, shape: [own.length, ...pictures.shape.slice(1)] }), {
          levels: 2,
          sigma: 0.8,
          saturation: 'published',
        });
        h.keep(sums.products);
        h.keep(sums.weights);
        const print = await h.values(cleaned(h.keep(await h.kernels.prnuEstimate(sums))));
        expectClose(print, want.data.slice(i * print.length, (i + 1) * print.length), within(2e-5, 1e-3));
      }
      expect(classes.length).toBe(3);
      const residuals = await extract(array('frequency/baselines/test_images') as NpyArray<'u8'>, 2, 0.8);
      const ncc = await h.values(h.kernels.normalisedCorrelation(h.up(want), residuals));
      expectClose(ncc, array('frequency/prnu/ncc').data, within(1e-4));
    });
  });
}
