import { basename } from 'node:path';
import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { emptyTree, jpegOf, makeTree, pngOf } from '../test/tree.js';
import { openDataset } from './dataset.js';
import { leakage, trainingDataOf } from './training-data.js';

const PATHS = ['train/sd/0_real/a.png', 'train/sd/1_fake/b.png', 'val/0_real/c.png', 'val/1_fake/d.png', 'test/1_fake/e.png', '1_fake/f.png'];

describe('trainingDataOf', () => {
  it('takes train and val, and never what lies in test or in no split', async () => {
    const dataset = await openDataset(emptyTree(...PATHS));
    const { name, train, validation } = trainingDataOf([dataset]);
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
    const data = trainingDataOf([a, b]);
    expect(data.name).toBe(`${a.name} + ${b.name}`);
    expect(data.train.map(sample => sample.set)).toEqual([a.name, a.name, b.name, b.name]);
  });

  it('refuses two datasets of one name: their weights could not be told apart', async () => {
    const root = emptyTree(...PATHS.map(path => `x/data/${path}`), ...PATHS.map(path => `y/data/${path}`));
    const datasets = [await openDataset(`${root}/x/data`), await openDataset(`${root}/y/data`)];
    expect(() => trainingDataOf(datasets)).toThrow(expect.objectContaining({ code: 'DATASET_INVALID', message: expect.stringContaining('"data"') }));
  });

  it.each([
    ['no train folder', ['val/0_real/a.png', 'val/1_fake/b.png'], 'train'],
    ['no val folder', ['train/0_real/a.png', 'train/1_fake/b.png'], 'val'],
    ['one class in val', ['train/0_real/a.png', 'train/1_fake/b.png', 'val/1_fake/c.png'], 'val'],
  ])('refuses %s', async (_, paths, split) => {
    const dataset = await openDataset(emptyTree(...paths));
    expect(() => trainingDataOf([dataset])).toThrow(
      expect.objectContaining({ code: 'DATASET_INVALID', message: expect.stringContaining(`its ${split} folder`) }),
    );
  });

  it('opens a sample as stored, or after JPEG', async () => {
    const root = makeTree({ 'train/0_real/a.png': await pngOf(), 'train/1_fake/b.png': '', 'val/0_real/c.png': '', 'val/1_fake/d.png': '' });
    const [a, b] = trainingDataOf([await openDataset(root)]).train;
    expect((await a!.open()).data).toEqual((await decode(await pngOf())).data);
    expect((await a!.open({ jpegQuality: 70, subsampling: '4:4:4' })).data).toEqual((await decode(await jpegOf(70, '4:4:4'))).data);
    await expect(b!.open()).rejects.toMatchObject({ code: 'IMAGE_EMPTY' });
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
    const found = await leakage(trainingDataOf([await openDataset(root)]));
    expect(found).toEqual([{ uri: `${root}/val/0_real/other-name.png`, same: `${root}/train/0_real/a.png` }]);
  });

  it('refuses a picture that cannot be read with a typed error', async () => {
    const root = makeTree({ 'train/0_real/a.png': { link: 'none' }, 'train/1_fake/b.png': 'b', 'val/0_real/c.png': 'c', 'val/1_fake/d.png': 'd' });
    await expect(leakage(trainingDataOf([await openDataset(root)]))).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });
});
