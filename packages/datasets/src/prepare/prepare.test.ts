import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { describeGolden, golden, goldenArray, goldenImage, greatest, shareWithin } from '../../test/golden.js';
import { openKernels } from '../../test/kernels.js';
import { plainDct } from '../../test/plain-dct.js';
import { makeTree, pngOf, ramp } from '../../test/tree.js';
import { readNpy } from '../formats/npy.js';
import { readTable } from '../formats/table.js';
import type { Features, PreparedFormat } from './options.js';
import { type PrepareOptions, prepareDataset } from './prepare.js';
import { type PreparedPicture, readLabels, readPublished, readRecords, readShard } from './read-prepared.js';
import { transformer } from './transform.js';

const kernels = openKernels();
const FEATURES: Features = { of: 'dct', log: true, grey: false, normalize: false, precision: 'f64' };
const OPTIONS: PrepareOptions = { features: FEATURES, format: 'npy', labels: { by: 'folders' }, sizes: { train: 6, val: 2, test: 1 }, seed: 5, concurrency: 3 };
const [W, H] = [12, 8];

/** Two classes of nine pictures, each with samples of its own. */
async function dataset(extra: Record<string, string | Uint8Array> = {}): Promise<string> {
  const { encodePng } = await import('@syntrace/image-io');
  const picture = (n: number) => encodePng({ ...ramp(W, H), data: ramp(W, H).data.map((v, i) => (v * (n + 1) + n * i) & 255) });
  const leaves: Record<string, string | Uint8Array> = {};
  for (let n = 0; n < 18; n++) leaves[`data/${n % 2 ? 'B_fake' : 'A_real'}/${n}.png`] = await picture(n);
  return join(makeTree({ ...leaves, ...extra }), 'data');
}
const outFolder = () => join(makeTree({}), 'out');
const collect = async (items: AsyncIterable<PreparedPicture>) => {
  const all: PreparedPicture[] = [];
  for await (const item of items) all.push(item);
  return all;
};
const contents = async (folder: string) => {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(names.sort().map(async name => [name.slice(folder.length), (await readFile(name)).toString('base64')] as const)));
};

describe('prepareDataset', () => {
  it('writes what a plain float64 DCT gives, in the order of the table', async () => {
    const [root, out] = [await dataset(), outFolder()];
    const prepared = await prepareDataset(root, out, kernels(), OPTIONS);
    expect(prepared).toMatchObject({ classes: ['A_real', 'B_fake'], shape: [H, W, 3], counts: { train: 12, val: 4, test: 2 }, failed: [], leaks: [] });
    const [array, labels] = [await readNpy(join(out, 'train.npy')), await readLabels(join(out, 'train.labels.npy'))];
    expect([array.kind, array.shape]).toEqual(['<f8', [12, H, W, 3]]);
    const rows = (await readTable(join(out, 'files.csv'))).filter(row => row.split === 'train');
    expect(rows.map(row => Number(row.label))).toEqual(labels);
    const data = array.kind === '<f8' ? (array.data as Float64Array) : new Float64Array();
    for (const [i, row] of rows.entries()) {
      const { data: samples } = await decode(join(root, String(row.file)));
      const want = plainDct(samples, H, W, 3).map(value => Math.log(Math.abs(value) + 1e-12));
      // Logs of what is mathematically zero are round-off.
      const got = data.subarray(i * want.length, (i + 1) * want.length);
      expect(shareWithin(got, want, value => (value > -10 ? 1e-7 : Number.NaN))).toBe(1);
    }
  });

  it('normalises by mean and deviation of the training pictures alone, and saves both', async () => {
    const [root, out, plain] = [await dataset(), outFolder(), outFolder()];
    await prepareDataset(root, plain, kernels(), OPTIONS);
    await prepareDataset(root, out, kernels(), { ...OPTIONS, features: { ...FEATURES, normalize: true } });
    const load = async (folder: string, name: string) => ((await readNpy(join(folder, name))) as { data: Float64Array }).data;
    const [x, z, mean, variance] = [await load(plain, 'train.npy'), await load(out, 'train.npy'), await load(out, 'mean.npy'), await load(out, 'var.npy')];
    const size = H * W * 3;
    for (let k = 0; k < size; k += 17) {
      const column = Array.from({ length: 12 }, (_, i) => x[i * size + k]!);
      const m = column.reduce((a, b) => a + b) / 12;
      const v = column.reduce((a, b) => a + (b - m) ** 2, 0) / 12;
      expect(Math.abs(mean[k]! - m)).toBeLessThan(1e-9);
      expect(Math.abs(variance[k]! / v - 1)).toBeLessThan(1e-9);
      expect(Math.abs(z[k]! - (column[0]! - m) / Math.sqrt(v))).toBeLessThan(1e-9);
    }
    const [val, valPlain] = [await load(out, 'val.npy'), await load(plain, 'val.npy')];
    expect(Math.abs(val[5]! - (valPlain[5]! - mean[5]!) / Math.sqrt(variance[5]!))).toBeLessThan(1e-9);
    const saved = readSafetensors(await readFile(join(out, 'statistics.safetensors')), 'x');
    expect([saved.get('mean')!.shape, saved.get('count')!.data[0], saved.get('eps')!.data[0]]).toEqual([[H, W, 3], 12, 1e-12]);
  });

  it.each<[PreparedFormat, (out: string) => AsyncIterable<PreparedPicture>]>([
    ['safetensors', out => readShard(join(out, 'train-00000.safetensors'))],
    ['tfrecord', out => readRecords(join(out, 'data_color_dct_log_scaled_train_tf/data.tfrecords'))],
    ['published', out => readPublished(join(out, 'data_color_dct_log_scaled_train'))],
  ])('%s holds the same as npy', async (format, read) => {
    const [root, out, plain] = [await dataset(), outFolder(), outFolder()];
    await prepareDataset(root, plain, kernels(), OPTIONS);
    await prepareDataset(root, out, kernels(), { ...OPTIONS, format });
    const array = (await readNpy(join(plain, 'train.npy'))) as { data: Float64Array };
    const pictures = await collect(read(out));
    expect(pictures.map(({ label }) => label)).toEqual(await readLabels(join(plain, 'train.labels.npy')));
    const got = Float64Array.from(pictures.flatMap(({ data }) => [...(data as Float64Array)]));
    expect(greatest(got, array.data)).toBeLessThan(format === 'tfrecord' ? 1e-5 : 1e-300);
    expect(pictures.every(({ shape }) => shape.join() === `${H},${W},3`)).toBe(true);
  });

  it.each<[string, Partial<Features>, string, (v: number) => number]>([
    ['raw', { of: 'raw' }, '|u1', v => v],
    ['raw, normalised', { of: 'raw', normalize: true }, '<f4', v => v / 127.5 - 1],
  ])('%s', async (_, features, kind, want) => {
    const [root, out] = [await dataset(), outFolder()];
    await prepareDataset(root, out, kernels(), { ...OPTIONS, features: { ...FEATURES, ...features, log: false } });
    const array = await readNpy(join(out, 'train.npy'));
    expect(array.kind).toBe(kind);
    const first = (await readTable(join(out, 'files.csv')))[0]!;
    const { data } = await decode(join(root, String(first.file)));
    expect(greatest([...(array as { data: Float32Array }).data.subarray(0, data.length)], [...data].map(want))).toBeLessThan(1e-6);
  });

  it('grey has one channel, and size takes the middle', async () => {
    const [root, out] = [await dataset(), outFolder()];
    const features: Features = { ...FEATURES, of: 'raw', log: false, grey: true, normalize: true, size: 4 };
    expect((await prepareDataset(root, out, kernels(), { ...OPTIONS, features })).shape).toEqual([4, 4, 1]);
    const first = (await readTable(join(out, 'files.csv')))[0]!;
    const { data } = await decode(join(root, String(first.file)));
    const at = (2 * W + 4) * 3;
    const luma = (19595 * data[at]! + 38470 * data[at + 1]! + 7471 * data[at + 2]! + 32768) >> 16;
    expect(((await readNpy(join(out, 'train.npy'))) as { data: Float32Array }).data[0]).toBeCloseTo(luma / 127.5 - 1, 6);
  });

  it.each<PreparedFormat>(['npy', 'safetensors', 'tfrecord', 'published'])('%s: an interrupted run goes on and ends with the same bytes', async format => {
    const [root, whole] = [await dataset({ 'data/A_real/0.png': 'broken' }), outFolder()];
    const options = { ...OPTIONS, format, features: { ...FEATURES, normalize: true } };
    await prepareDataset(root, whole, kernels(), options);
    for (const at of [2, 14, 25]) {
      const out = outFolder();
      const stop = new AbortController();
      let steps = 0;
      const onProgress = () => ++steps === at && stop.abort(new Error('stop'));
      await expect(prepareDataset(root, out, kernels(), { ...options, signal: stop.signal, onProgress })).rejects.toThrow('stop');
      await prepareDataset(root, out, kernels(), { ...options, resume: true, concurrency: 1 });
      expect(await contents(out)).toEqual(await contents(whole));
    }
  });

  it('leaves out broken pictures and those of another size, and says so', async () => {
    const [root, out] = [await dataset({ 'data/A_real/0.png': 'broken', 'data/B_fake/1.png': await pngOf(5, 5) }), outFolder()];
    const { counts, failed } = await prepareDataset(root, out, kernels(), OPTIONS);
    expect(counts).toEqual({ train: 10, val: 4, test: 2 });
    expect(failed.map(({ code }) => code).sort()).toEqual(['IMAGE_FORMAT_UNKNOWN', 'IMAGE_SIZE_DIFFERS']);
    expect((await readNpy(join(out, 'train.npy'))).shape).toEqual([10, H, W, 3]);
    expect(await readTable(join(out, 'failed.csv'))).toHaveLength(2);
  });

  it('finds leakage, and avoids it when asked', async () => {
    const twin = await pngOf(W, H);
    const root = await dataset({ 'data/A_real/0.png': twin, 'data/A_real/8.png': twin });
    const { leaks } = await prepareDataset(root, outFolder(), kernels(), { ...OPTIONS, sizes: { train: 5, val: 4, test: 0 } });
    expect(leaks).toEqual([{ file: 'A_real/8.png', split: 'val', same: 'A_real/0.png', in: 'train' }]);
    const clean = await prepareDataset(root, outFolder(), kernels(), { ...OPTIONS, sizes: { train: 5, val: 3, test: 0 }, dedupe: true });
    expect([clean.leaks, clean.counts.val]).toEqual([[], 6]);
  });

  it('takes labels from names, or from the layout with its splits', async () => {
    const swapped = await prepareDataset(await dataset(), outFolder(), kernels(), { ...OPTIONS, labels: { by: 'folders', classes: ['B_fake', 'A_real'] } });
    expect(swapped.classes).toEqual(['B_fake', 'A_real']);
    const png = await pngOf(W, H);
    const root = makeTree({ 'train/0_real/a.png': png, 'train/1_fake/b.png': png, 'val/0_real/c.png': png, 'val/1_fake/d.png': png });
    const { sizes: _, ...rest } = OPTIONS;
    expect((await prepareDataset(root, outFolder(), kernels(), { ...rest, labels: { by: 'layout' } })).counts).toEqual({ train: 2, val: 2, test: 0 });
    await expect(prepareDataset(root, outFolder(), kernels(), { ...OPTIONS, labels: { by: 'folders', classes: ['trane'] } })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('did you mean "train"'),
    });
  });

  it('has the published sizes for default, and refuses what has less', async () => {
    const { sizes: _, ...rest } = OPTIONS;
    await expect(prepareDataset(await dataset(), outFolder(), kernels(), rest)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringContaining('100000 + 20000 + 30000'),
    });
  });
});

describeGolden('preparation as published', () => {
  const features: Features = { ...FEATURES, normalize: false };

  it.each(['f32', 'f64'] as const)('log-DCT in %s', async precision => {
    const [coefficients, want] = [await goldenArray('dct/photo_000_dct'), await goldenArray('log/photo_000_log')];
    const { data, shape } = await transformer({ ...features, precision }, kernels())(await goldenImage('photo_000_128.png'));
    expect(shape).toEqual(want.shape);
    const size = (i: number) => Math.abs(coefficients.data[i]!);
    const tolerance =
      precision === 'f64'
        ? (_: number, i: number) => (size(i) >= 1e-6 ? 1e-7 : Number.NaN)
        : (_: number, i: number) => (size(i) >= 1 ? 2e-3 : size(i) >= 1e-2 ? 2e-2 : Number.NaN);
    expect(shareWithin(data, want.data, tolerance)).toBe(1);
  });

  it('grey and −1…1', async () => {
    const image = await goldenImage('photo_000_128.png');
    const raw = { ...features, of: 'raw', log: false } as const;
    expect(greatest((await transformer({ ...raw, grey: true }, kernels())(image)).data, (await goldenArray('load/photo_000_gray')).data)).toBe(0);
    const scaled = await transformer({ ...raw, normalize: true, precision: 'f32' }, kernels())(image);
    const want = await goldenArray('load/photo_000_scaled_pm1');
    expect(greatest(scaled.data.subarray(0, want.data.length), want.data)).toBeLessThanOrEqual(1e-6);
  });

  it('mean, variance and normalised spectra of the eight photographs, through the whole tool', async () => {
    const leaves: Record<string, { link: string }> = {};
    for (let i = 0; i < 8; i++) leaves[`set/photos/${i}.png`] = { link: golden(`inputs/photo_00${i}_128.png`) };
    const [root, out] = [join(makeTree(leaves), 'set'), outFolder()];
    await prepareDataset(root, out, kernels(), {
      ...OPTIONS,
      features: { ...features, normalize: true },
      sizes: { train: 8, val: 0, test: 0 },
      format: 'published',
    });
    const load = async (name: string) => ((await readNpy(join(out, name))) as { data: Float64Array }).data;
    expect(greatest(await load('mean.npy'), (await goldenArray('normalize/mean')).data)).toBeLessThan(1e-5);
    expect(shareWithin(await load('var.npy'), (await goldenArray('normalize/var')).data, value => 1e-5 * value)).toBe(1);
    const rows = await readTable(join(out, 'files.csv'));
    const first = rows.findIndex(row => row.file === 'photos/0.png');
    const got = await load(`set_color_dct_log_scaled_normalized_train/${String(first).padStart(6, '0')}.npy`);
    expect(shareWithin(got, (await goldenArray('normalize/photo_000_normalized')).data, () => 2e-5)).toBe(1);
  });
});
