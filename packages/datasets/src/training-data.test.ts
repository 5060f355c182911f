import { basename } from 'node:path';
import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { openKernels } from '../test/kernels.js';
import { emptyTree, jpegOf, makeTree, pngOf } from '../test/tree.js';
import { openDataset } from './dataset.js';
import { applyChange } from './perturb/change.js';
import { leakage, trainingDataOf } from './training-data.js';

const kernels = openKernels();
const PATHS = ['train/sd/0_real/a.png', 'train/sd/1_fake/b.png', 'val/0_real/c.png', 'val/1_fake/d.png', 'test/1_fake/e.png', '1_fake/f.png'];

describe('trainingDataOf', () => {
  it('takes train and val, and never what lies in test or in no split', async () => {
    const dataset = await openDataset(emptyTree(...PATHS));
    const { name, train, validation } = trainingDataOf([dataset], kernels());
    expect(name).toBe(dataset.name);
    expect(train.map(({ uri, label, set, group }) => [basename(uri), label, set, group])).toEqual([
      ['a.png', 0, dataset.name, 'sd'],
      ['b.png', 1, dataset.name, 'sd'],
    ]);
    expect(validation.map(({ uri, label, group }) => [basename(uri), label, group])).toEqual([
      ['c.png', 0, dataset.name],
      ['d.png', 1, dataset.name],
    ]);
  });

  it('joins datasets, each under its own name', async () => {
    const [a, b] = [await openDataset(emptyTree(...PATHS)), await openDataset(emptyTree(...PATHS))];
    const data = trainingDataOf([a, b], kernels());
    expect(data.name).toBe(`${a.name} + ${b.name}`);
    expect(data.train.map(sample => sample.set)).toEqual([a.name, a.name, b.name, b.name]);
  });

  it('refuses two datasets of one name: their weights could not be told apart', async () => {
    const root = emptyTree(...PATHS.map(path => `x/data/${path}`), ...PATHS.map(path => `y/data/${path}`));
    const datasets = [await openDataset(`${root}/x/data`), await openDataset(`${root}/y/data`)];
    expect(() => trainingDataOf(datasets, kernels())).toThrow(expect.objectContaining({ code: 'DATASET_INVALID', message: expect.stringContaining('"data"') }));
  });

  it.each([
    ['no train folder', ['val/0_real/a.png', 'val/1_fake/b.png'], 'train'],
    ['no val folder', ['train/0_real/a.png', 'train/1_fake/b.png'], 'val'],
    ['one class in val', ['train/0_real/a.png', 'train/1_fake/b.png', 'val/1_fake/c.png'], 'val'],
  ])('refuses %s', async (_, paths, split) => {
    const dataset = await openDataset(emptyTree(...paths));
    expect(() => trainingDataOf([dataset], kernels())).toThrow(
      expect.objectContaining({ code: 'DATASET_INVALID', message: expect.stringContaining(`its ${split} folder`) }),
    );
  });

  it('cuts out windows, exchanges left and right, and encodes as WebP, also of what was decoded before', async () => {
    const root = makeTree({ 'train/0_real/a.png': await pngOf(), 'train/1_fake/b.png': '', 'val/0_real/c.png': '', 'val/1_fake/d.png': '' });
    const [a] = trainingDataOf([await openDataset(root)], kernels()).train;
    const stored = await a!.open();
    const { width, data } = stored;
    const window = { x: 3, y: 5, width: 16, height: 8 };
    const cut = await a!.open([{ kind: 'crop', window }], stored);
    const mirror = await a!.open([{ kind: 'crop', window }, { kind: 'mirror' }]);
    for (const [x, y, c] of [
      [0, 0, 0],
      [15, 7, 2],
      [4, 2, 1],
    ] as const) {
      const sample = data[((5 + y) * width + 3 + x) * 3 + c];
      expect(cut.data[(y * 16 + x) * 3 + c]).toBe(sample);
      expect(mirror.data[(y * 16 + 15 - x) * 3 + c]).toBe(sample);
    }
    expect([mirror.width, mirror.height]).toEqual([16, 8]);
    const webp = await a!.open([{ kind: 'webp', quality: 80 }], stored);
    // Lower quality loses more.
    const rough = await a!.open([{ kind: 'webp', quality: 10 }], stored);
    const loss = (other: typeof stored) => other.data.reduce((sum, value, i) => sum + Math.abs(value - data[i]!), 0);
    expect(webp).toMatchObject({ width, height: stored.height });
    expect(loss(webp)).toBeGreaterThan(0);
    expect(loss(rough)).toBeGreaterThan(loss(webp));
  });

  it('opens a sample as stored, or after changes, under the same name', async () => {
    const root = makeTree({ 'train/0_real/a.png': await pngOf(), 'train/1_fake/b.png': '', 'val/0_real/c.png': '', 'val/1_fake/d.png': '' });
    const [a, b] = trainingDataOf([await openDataset(root)], kernels()).train;
    expect((await a!.open()).data).toEqual((await decode(await pngOf())).data);
    expect((await a!.open([{ kind: 'jpeg', quality: 70, subsampling: '4:4:4' }])).data).toEqual((await decode(await jpegOf(70, '4:4:4'))).data);
    expect((await a!.open([{ kind: 'jpeg', quality: 70, subsampling: '4:4:4' }])).source.uri).toBe(a!.uri);
    const changes = [
      { kind: 'resize', factor: 0.5 },
      { kind: 'blur', sigma: 1 },
      { kind: 'jpeg', quality: 80, subsampling: '4:2:0' },
    ] as const;
    const [half, soft] = [await applyChange(await a!.open(), changes[0], kernels()), { ...changes[1], arithmetic: 'exact' as const }];
    const expected = await applyChange(
      { ...(await a!.open()), ...(await applyChange({ ...(await a!.open()), ...half }, soft, kernels())) },
      changes[2],
      kernels(),
    );
    expect(await a!.open(changes)).toMatchObject({ width: half.width, height: half.height, data: expected.data });
    await expect(b!.open()).rejects.toMatchObject({ code: 'IMAGE_EMPTY' });
  });

  it('keeps a grey picture grey', async () => {
    const root = makeTree({ 'train/0_real/a.png': await pngOf(24, 16, 1), 'train/1_fake/b.png': '', 'val/0_real/c.png': '', 'val/1_fake/d.png': '' });
    const [a] = trainingDataOf([await openDataset(root)], kernels()).train;
    expect(await a!.open([{ kind: 'jpeg', quality: 90, subsampling: '4:4:4' }])).toMatchObject({ width: 24, height: 16, channels: 1 });
  });
});

describe('leakage', () => {
  it('finds validation pictures whose bytes are also in train, under any name', async () => {
    const root = makeTree({
      'train/0_real/a.png': 'same',
      'train/1_fake/b.png': 'b',
      'val/0_real/other-name.png': 'same',
      'val/1_fake/d.png': 'd',
    });
    const found = await leakage(trainingDataOf([await openDataset(root)], kernels()));
    expect(found).toEqual([{ uri: `${root}/val/0_real/other-name.png`, same: `${root}/train/0_real/a.png` }]);
  });

  it('refuses a picture that cannot be read with a typed error', async () => {
    const root = makeTree({ 'train/0_real/a.png': { link: 'none' }, 'train/1_fake/b.png': 'b', 'val/0_real/c.png': 'c', 'val/1_fake/d.png': 'd' });
    await expect(leakage(trainingDataOf([await openDataset(root)], kernels()))).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });
});
