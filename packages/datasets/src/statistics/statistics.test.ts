import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { describeGolden, golden, goldenArray, greatest, shareWithin } from '../../test/golden.js';
import { openKernels } from '../../test/kernels.js';
import { plainDct } from '../../test/plain-dct.js';
import { makeTree, pngOf, ramp } from '../../test/tree.js';
import { collectSpectra, type StatisticsOptions } from './collect.js';
import { type MapKind, mapsOf, profileOf } from './maps.js';

const kernels = openKernels();
const OPTIONS: StatisticsOptions = { colour: false, precision: 'f64', concurrency: 3 };

async function pictures(count: number, width = 10, height = 6): Promise<string> {
  const { encodePng } = await import('@syntrace/image-io');
  const picture = (n: number) => encodePng({ ...ramp(width, height, 1), data: ramp(width, height, 1).data.map((v, i) => (v + n * n * i) & 255) });
  return makeTree(
    Object.fromEntries(await Promise.all(Array.from({ length: count }, async (_, n) => [`${String(n).padStart(3, '0')}.png`, await picture(n)] as const))),
  );
}
const temporary = () => makeTree({});

describe('collectSpectra', () => {
  it('gives mean and deviation of signed coefficients and of their logs', async () => {
    const path = await pictures(7);
    const { coefficients, logs, shape, pictures: count } = await collectSpectra({ path, name: 'x' }, temporary(), kernels(), OPTIONS);
    expect([shape, count]).toEqual([[1, 6, 10], 7]);
    const spectra = await Promise.all(Array.from({ length: 7 }, async (_, n) => plainDct((await decode(join(path, `00${n}.png`))).data, 6, 10, 1)));
    for (let k = 0; k < 60; k += 7) {
      const column = spectra.map(spectrum => spectrum[k]!);
      const mean = column.reduce((a, b) => a + b) / 7;
      expect(Math.abs(coefficients.mean[k]! - mean)).toBeLessThan(1e-9);
      expect(Math.abs(coefficients.m2[k]! - column.reduce((a, b) => a + (b - mean) ** 2, 0))).toBeLessThan(1e-6);
      // Logs of what is mathematically zero are round-off.
      if (column.every(value => Math.abs(value) > 1e-6))
        expect(Math.abs(logs.mean[k]! - column.reduce((a, b) => a + Math.log(Math.abs(b) + 1e-12), 0) / 7)).toBeLessThan(1e-9);
    }
  });

  it('takes the first so many, leaves out what fails, and needs two', async () => {
    const path = makeTree({
      'a.png': await pngOf(8, 8),
      'b.png': 'broken',
      'c.png': await pngOf(9, 8),
      'd.png': await pngOf(8, 8, 1),
      'e.png': await pngOf(8, 8),
    });
    const { pictures: count, failed } = await collectSpectra({ path, name: 'x' }, temporary(), kernels(), { ...OPTIONS, amount: 4 });
    expect([count, failed.map(({ code }) => code)]).toEqual([2, ['IMAGE_FORMAT_UNKNOWN', 'IMAGE_SIZE_DIFFERS']]);
    await expect(collectSpectra({ path, name: 'x' }, temporary(), kernels(), { ...OPTIONS, amount: 1 })).rejects.toMatchObject({ code: 'DATASET_INVALID' });
  });

  it('goes on after an interruption and ends with the same bits', async () => {
    const path = await pictures(600, 4, 4);
    const [whole, part] = [temporary(), temporary()];
    const set = { path, name: 'x' };
    await collectSpectra(set, whole, kernels(), OPTIONS);
    const stop = new AbortController();
    const onProgress = (_: string, done: number) => done === 300 && stop.abort(new Error('stop'));
    await expect(collectSpectra(set, part, kernels(), { ...OPTIONS, signal: stop.signal, onProgress })).rejects.toThrow('stop');
    expect(JSON.parse(await readFile(join(part, 'x.progress.json'), 'utf8')).taken).toBe(256);
    await collectSpectra(set, part, kernels(), { ...OPTIONS, concurrency: 1 });
    expect(await readFile(join(part, 'x-600.safetensors'))).toEqual(await readFile(join(whole, 'x-600.safetensors')));
  });

  it('a window of each picture makes sizes alike', async () => {
    const path = makeTree({ 'a.png': await pngOf(8, 8), 'b.png': await pngOf(12, 9) });
    const { shape } = await collectSpectra({ path, name: 'x' }, temporary(), kernels(), { ...OPTIONS, size: 6, colour: true });
    expect(shape).toEqual([3, 6, 6]);
  });
});

describe('profileOf', () => {
  it('has a band of one deviation over pictures', async () => {
    const moments = await collectSpectra({ path: await pictures(5), name: 'x' }, temporary(), kernels(), OPTIONS);
    const { mean, deviation, channels } = profileOf('x', moments);
    expect([mean.length, channels]).toEqual([6, 1]);
    // The first ring is the mean brightness itself.
    expect(Math.abs(mean[0]! - moments.logs.mean[0]!)).toBeLessThan(1e-5);
    expect(Math.abs(deviation[0]! - Math.sqrt(moments.logs.m2[0]! / 5))).toBeLessThan(1e-5);
  });
});

describeGolden('statistics as published', () => {
  const setOf = (name: string, from: number) => {
    const leaves = Object.fromEntries([0, 1, 2, 3].map(i => [`${i}.png`, { link: golden(`inputs/photo_00${from + i}_128.png`) }]));
    return { name, path: makeTree(leaves) };
  };
  const maps = async (options: StatisticsOptions) => {
    const [real, fake] = [
      await collectSpectra(setOf('REAL', 0), temporary(), kernels(), options),
      await collectSpectra(setOf('FAKE', 4), temporary(), kernels(), options),
    ];
    const all = [...(await mapsOf('REAL', real, null, kernels())), ...(await mapsOf('FAKE', fake, real, kernels()))];
    return (kind: MapKind, set: string) => all.find(map => map.kind === kind && map.set === set)!.values;
  };
  const PUBLISHED = [
    ['mean', 'REAL', 'gray_mean_REAL'],
    ['mean', 'FAKE', 'gray_mean_FAKE'],
    ['std', 'REAL', 'gray_std_REAL'],
    ['std', 'FAKE', 'gray_std_FAKE'],
    ['mean-difference', 'FAKE', 'gray_mean_differnce_FAKE'],
    ['mean-difference-abs', 'FAKE', 'gray_mean_differnce_abs_FAKE'],
  ] as const;

  it.each([
    ['f64', 1, 1e-5],
    ['f32', 0.999, 0.02],
  ] as const)('grey in %s', async (precision, share, tolerance) => {
    const map = await maps({ ...OPTIONS, precision });
    for (const [kind, set, file] of PUBLISHED)
      expect(shareWithin(map(kind, set), (await goldenArray(`statistics/${file}`)).data, () => tolerance)).toBeGreaterThanOrEqual(share);
    const denominator = (await goldenArray('statistics/gray_mean_FAKE')).data;
    const numerator = (await goldenArray('statistics/gray_mean_REAL')).data;
    const ratio = (want: number, i: number) =>
      Math.abs(denominator[i]!) > 0.1 && Math.abs(numerator[i]!) > 0.1 ? (precision === 'f64' ? 1e-3 : 0.02) * Math.abs(want) : Number.NaN;
    expect(shareWithin(map('mean-ratio', 'FAKE'), (await goldenArray('statistics/gray_mean_div_FAKE')).data, ratio)).toBeGreaterThanOrEqual(share);
  });

  it('colour', async () => {
    const got = (await maps({ ...OPTIONS, colour: true }))('mean-difference', 'FAKE');
    const { data, shape } = await goldenArray('statistics/color_mean_differnce_FAKE');
    const [h, w] = shape as [number, number, number];
    const planar = Float64Array.from({ length: data.length }, (_, i) => data[(i % (h * w)) * 3 + Math.floor(i / (h * w))]!);
    expect(greatest(got, planar)).toBeLessThan(1e-5);
  });
});
