import { describe, expect, test } from 'vitest';
import { expectClose } from '../compare.js';
import type { Harness } from '../harness.js';
import type { NpyArray } from '../npy.js';
import { array, double, files, planar, shareClose, single } from './vectors.js';

const photo = (name: string) => {
  const picture = array(`frequency/inputs/${name}`) as NpyArray<'u8'>;
  return { ...picture, shape: [1, ...picture.shape] };
};

/** The reference vectors of the frequency method, with the tolerances of their manifest. */
export function testFrequencyGolden(h: Harness): void {
  const lines = Object.keys(files).flatMap(name => /line_(\d+)_in/.exec(name)?.[1] ?? []);
  const spectrum = { single: { absolute: 2e-3, relative: 2e-5, why: 'manifest' }, double: { absolute: 1e-9, relative: 1e-11, why: 'manifest' } };

  describe('golden vectors: frequency', () => {
    test.each(lines)('DCT of a line of %s', async n => {
      const x = double(array(`frequency/dct/line_${n}_in`).data);
      const want = array(`frequency/dct/line_${n}_out`).data;
      const shape = [1, x.length];
      expectClose(await h.values(h.kernels.dct2(h.up({ dtype: 'f64', data: x, shape }))), want, spectrum.double);
      expectClose(await h.values(h.kernels.dct2(h.up({ dtype: 'f32', data: single(x), shape }))), want, { absolute: 1e-3, relative: 1e-5, why: 'manifest' });
    });

    test('DCT of a small colour array', async () => {
      const { data, shape } = planar(array('frequency/dct/small_6x9x2_in'));
      const want = planar(array('frequency/dct/small_6x9x2_out')).data;
      expectClose(await h.values(h.kernels.dct2(h.up({ dtype: 'f64', data, shape }))), want, spectrum.double);
    });

    test.each(['photo_000_128', 'photo_256', 'photo_200x130'])('DCT and log of %s', async name => {
      const stem = name.replace('_128', '');
      const exact = stem === 'photo_000';
      const wantDct = planar(array(`frequency/dct/${stem}_dct${exact ? '' : '_f32'}`)).data;
      const planes = h.keep(await h.kernels.colour(h.up(photo(name)), 'rgb'));
      const dct = h.keep(await h.kernels.dct2(planes));
      expectClose(await h.kernels.read(dct), wantDct, spectrum.single);
      if (stem === 'photo_256') return;
      const wantLog = planar(array(`frequency/log/${stem}_log${exact ? '' : '_f32'}`)).data;
      const log = await h.values(h.kernels.logAbs(dct, 1e-12));
      expectClose(log, wantLog, { absolute: 2e-3, why: 'manifest, |dct| ≥ 1' }, i => Math.abs(wantDct[i]!) >= 1);
      expectClose(log, wantLog, { absolute: 2e-2, why: 'manifest, |dct| ≥ 0.01' }, i => Math.abs(wantDct[i]!) >= 1e-2);
    });

    test('DCT of a flat image has one coefficient', async () => {
      const x = h.up({ dtype: 'f32', data: new Float32Array(256).fill(200), shape: [16, 16] });
      expectClose(await h.values(h.kernels.dct2(x)), planar(array('frequency/dct/constant200_16_dct')).data.slice(0, 256), { absolute: 1e-3, why: 'manifest' });
    });

    test('grey and [−1, 1]', async () => {
      const x = h.up(photo('photo_000_128'));
      expect(await h.values(h.kernels.colour(x, 'pillow-l'))).toEqual(single(array('frequency/load/photo_000_gray').data));
      const rows = (await h.values(h.kernels.colour(x, 'tensorflow'))) as Float32Array;
      expectClose(rows.slice(0, 16 * 128), array('frequency/load/photo_000_gray_tf_weights').data, { absolute: 1e-4, why: 'manifest' });
      const unit = (await h.values(h.kernels.colour(x, 'rgb-unit'))) as Float32Array;
      const want = planar(array('frequency/load/photo_000_scaled_pm1'));
      const first = [0, 1, 2].flatMap(plane => Array.from(unit.slice(plane * 16384, plane * 16384 + 32 * 128)));
      expectClose(first, want.data, { absolute: 1e-6, why: 'manifest' });
    });

    test('running statistics of eleven samples', async () => {
      const samples = array('frequency/normalize/welford_in') as NpyArray<'f64'>;
      const { count, mean, m2 } = await h.kernels.moments(null, h.up(samples));
      expect(count).toBe(11);
      expectClose(mean, array('frequency/normalize/welford_mean').data, { absolute: 1e-10, why: 'manifest' });
      const variance = m2.map(value => value / count);
      expectClose(variance, array('frequency/normalize/welford_var').data, { relative: 1e-10, why: 'manifest' });
    });

    test('mean, variance and normalised spectrum of eight photos', async () => {
      let state = null;
      let firstLog: Float32Array | undefined;
      for (let i = 0; i < 8; i++) {
        const planes = h.keep(await h.kernels.colour(h.up(photo(`photo_00${i}_128`)), 'rgb'));
        const log = h.keep(await h.kernels.logAbs(h.keep(await h.kernels.dct2(planes)), 1e-12));
        firstLog ??= await h.kernels.read(log);
        state = await h.kernels.moments(state, log);
      }
      const [mean, variance] = ['mean', 'var'].map(name => planar(array(`frequency/normalize/${name}`)).data) as [Float64Array, Float64Array];
      expect(shareClose(state!.mean, mean, () => 5e-3)).toBeGreaterThan(0.999);
      expectClose(state!.mean, mean, { absolute: 0.5, why: 'manifest' });
      const got = state!.m2.map(m2 => m2 / 8);
      expect(shareClose(got, variance, value => 0.02 * value)).toBeGreaterThan(0.999);
      const row = (values: ArrayLike<number>) => h.up({ dtype: 'f32', data: single(values), shape: [values.length] });
      const x = h.up({ dtype: 'f32', data: single(firstLog!), shape: [1, firstLog!.length] });
      const deviation = Array.from(variance, Math.sqrt);
      const z = await h.values(h.kernels.standardize(x, row(mean), row(deviation)));
      expect(shareClose(z, planar(array('frequency/normalize/photo_000_normalized')).data, () => 5e-3)).toBeGreaterThan(0.999);
    });
  });
}
