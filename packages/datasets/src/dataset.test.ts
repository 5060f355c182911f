import { chmodSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canBeUnprivileged, emptyTree, makeTree, unprivileged } from '../test/tree.js';
import { openDataset, splitOf } from './dataset.js';

describe('openDataset', () => {
  it('lists pictures of both classes with their generators', async () => {
    const root = emptyTree('sd/0_real/a.JPG', 'sd/1_fake/b.png', 'sd/1_fake/c.webp', 'gan/real/d.tiff', 'gan/fake/e.avif');
    const dataset = await openDataset(root);
    expect(dataset).toMatchObject({ root, name: basename(root), splits: [], unlabelled: 0, unreadable: [] });
    expect(dataset.items.map(({ path, label, group }) => [relative(root, path), label, group])).toEqual([
      ['gan/fake/e.avif', 1, 'gan'],
      ['gan/real/d.tiff', 0, 'gan'],
      ['sd/0_real/a.JPG', 0, 'sd'],
      ['sd/1_fake/b.png', 1, 'sd'],
      ['sd/1_fake/c.webp', 1, 'sd'],
    ]);
    expect(dataset.groups).toEqual([
      { group: 'gan', real: 1, synthetic: 1 },
      { group: 'sd', real: 1, synthetic: 2 },
    ]);
  });

  it('counts pictures in no class folder, and passes over files that are no pictures', async () => {
    const root = emptyTree('0_real/a.png', '1_fake/b.png', 'c.png', 'other/d.jpg', '0_real/notes.txt', '0_real/png');
    expect(await openDataset(root)).toMatchObject({ items: { length: 2 }, unlabelled: 2 });
  });

  it('keeps a broken link as a picture, so that it fails with its own line and is not lost', async () => {
    const root = makeTree({ '0_real/a.png': '', '1_fake/b.png': '', '1_fake/c.png': { link: 'missing.png' } });
    expect((await openDataset(root)).items.map(item => relative(root, item.path))).toEqual(['0_real/a.png', '1_fake/b.png', '1_fake/c.png']);
  });

  it('does not loop, and takes linked folders', async () => {
    const root = makeTree({ 'pool/a.png': '', '0_real': { link: 'pool' }, '1_fake/b.png': '', '1_fake/back': { link: '..' } });
    expect((await openDataset(root)).groups).toEqual([{ group: basename(root), real: 1, synthetic: 1 }]);
  });

  it.runIf(canBeUnprivileged)('names a folder that may not be listed', async () => {
    const root = emptyTree('0_real/a.png', '1_fake/b.png', 'locked/1_fake/c.png');
    chmodSync(`${root}/locked`, 0o000);
    onTestFinished(() => chmodSync(`${root}/locked`, 0o700));
    expect((await unprivileged(() => openDataset(root))).unreadable).toEqual([`${root}/locked`]);
  });

  it.each([
    ['nothing', [], /no real pictures among 0 labelled and 0 other ones/],
    ['real pictures only', ['0_real/a.png'], /no synthetic pictures among 1 labelled and 0 other ones/],
    ['synthetic pictures only', ['1_fake/a.png', 'x.png'], /no real pictures among 1 labelled and 1 other ones/],
    ['class folders without pictures', ['0_real/a.txt', '1_fake/b.txt'], /no real pictures/],
  ])('refuses a folder with %s', async (_, paths, words) => {
    await expect(openDataset(emptyTree(...paths))).rejects.toMatchObject({ code: 'DATASET_INVALID', message: expect.stringMatching(words) });
  });

  it('refuses a file and a path that leads nowhere', async () => {
    const root = emptyTree('file.png');
    await expect(openDataset(`${root}/file.png`)).rejects.toMatchObject({ code: 'DATASET_INVALID', message: expect.stringContaining('it is a file') });
    await expect(openDataset(`${root}/none`)).rejects.toMatchObject({ code: 'DATASET_INVALID', message: expect.stringContaining('there is no such folder') });
  });
});

describe('splitOf', () => {
  const open = () => openDataset(emptyTree('train/0_real/a.png', 'train/1_fake/b.png', 'val/0_real/c.png', 'sd/test/1_fake/d.png', '1_fake/e.png'));

  it('gives the pictures of a split, those in none left out', async () => {
    const dataset = await open();
    expect(dataset.splits).toEqual(expect.arrayContaining(['train', 'val', 'test']));
    expect(splitOf(dataset, 'train').map(item => basename(item.path))).toEqual(['a.png', 'b.png']);
  });

  it.each(['val', 'test'] as const)('refuses a split without both classes: %s', async split => {
    const dataset = await open();
    expect(() => splitOf(dataset, split)).toThrow(
      expect.objectContaining({ code: 'DATASET_INVALID', message: expect.stringContaining(`its ${split} folder`) }),
    );
  });
});
