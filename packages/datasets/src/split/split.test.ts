import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyTree, makeTree } from '../../test/tree.js';
import { type Dataset, openDataset } from '../dataset.js';
import { duplicatesOf } from '../duplicates.js';
import { contentHashes } from '../hash.js';
import { assignSplits } from './assign.js';
import { writeSplitFolder, writeSplitTable } from './write.js';

const SIZES = { train: 0.8, val: 0.1, test: 0.1 };
const tree = (count: number) =>
  makeTree(
    Object.fromEntries(
      ['sd', 'gan'].flatMap(group =>
        ['0_real', '1_fake'].flatMap(cls => Array.from({ length: count }, (_, i) => [`${group}/${cls}/${i}.png`, `${group} ${cls} ${i % (count - 2)}`])),
      ),
    ),
  );
const hashesOf = (dataset: Dataset) => contentHashes(dataset.items.map(item => item.path));

describe('assignSplits', () => {
  it('deals each group and class alike, keeps equal files together, and leaves none out', async () => {
    const dataset = await openDataset(tree(42));
    const items = assignSplits(dataset.items, await hashesOf(dataset), SIZES, 1);
    expect(items).toHaveLength(dataset.items.length);
    for (const group of ['sd', 'gan'])
      for (const label of [0, 1]) {
        const own = items.filter(item => item.group === group && item.label === label);
        expect(Math.abs(own.filter(item => item.split === 'train').length - 0.8 * 42)).toBeLessThanOrEqual(2);
        expect(own.filter(item => item.split === 'test').length).toBeGreaterThan(1);
      }
    const splits = new Map<string, Set<string>>();
    for (const { hash, split } of items) splits.set(hash!, (splits.get(hash!) ?? new Set()).add(split));
    expect([...splits.values()].every(each => each.size === 1)).toBe(true);
    expect(splits.size).toBe(160);
  });

  it('depends on the seed', async () => {
    const dataset = await openDataset(tree(12));
    const hashes = await hashesOf(dataset);
    expect(assignSplits(dataset.items, hashes, SIZES, 1)).toEqual(assignSplits(dataset.items, hashes, SIZES, 1));
    expect(assignSplits(dataset.items, hashes, SIZES, 1)).not.toEqual(assignSplits(dataset.items, hashes, SIZES, 2));
  });

  it('takes counts, and leaves the rest out', async () => {
    const dataset = await openDataset(tree(12));
    const items = assignSplits(
      dataset.items,
      dataset.items.map(() => null),
      { train: 5, val: 2, test: 1 },
      1,
    );
    expect(['train', 'val', 'test'].map(split => items.filter(item => item.split === split).length)).toEqual([20, 8, 4]);
  });
});

describe('writing a split', () => {
  it.each(['copy', 'link'] as const)('%s: folders that are a dataset again, the same after a restart', async how => {
    const dataset = await openDataset(tree(12));
    const items = assignSplits(dataset.items, await hashesOf(dataset), SIZES, 1);
    const out = join(makeTree({}), 'out');
    await writeSplitFolder(out, items, { how, settings: { seed: 1 } });
    await writeSplitFolder(out, items, { how, settings: { seed: 1 }, resume: true });
    const again = await openDataset(out);
    expect(again.items).toHaveLength(items.length);
    expect(again.splits).toEqual(expect.arrayContaining(['train', 'val', 'test']));
    const listed = await openDataset(join(out, 'files.csv'));
    expect(new Set(listed.items.map(item => item.path))).toEqual(new Set(again.items.map(item => item.path)));
    const [first] = items;
    const twin = listed.items[0]!;
    expect(await readFile(twin.path)).toEqual(await readFile(first!.path));
    expect((await readdir(out)).sort()).toEqual(['files.csv', 'run.json', 'test', 'train', 'val']);
    expect((await duplicatesOf(again)).filter(each => each.leaks)).toEqual([]);
  });

  it('a table alone is a manifest of the files where they are', async () => {
    const dataset = await openDataset(tree(12));
    const file = join(makeTree({}), 'split.parquet');
    await writeSplitTable(file, assignSplits(dataset.items, await hashesOf(dataset), SIZES, 1));
    expect((await openDataset(file)).items.map(item => item.path)).toEqual(dataset.items.map(item => item.path));
  });
});

describe('duplicatesOf', () => {
  it('tells leaks and contradictions from harmless repetitions', async () => {
    const root = makeTree({
      'train/0_real/a.png': 'leak',
      'test/0_real/b.png': 'leak',
      'train/1_fake/c.png': 'both',
      'train/0_real/d.png': 'both',
      'train/1_fake/e.png': 'same',
      'train/1_fake/f.png': 'same',
      'train/1_fake/g.png': 'once',
    });
    const found = await duplicatesOf(await openDataset(root));
    expect(found.map(({ leaks, contradicts, items }) => [leaks, contradicts, items.length])).toEqual([
      [true, false, 2],
      [false, true, 2],
      [false, false, 2],
    ]);
  });

  it('leaves out what cannot be read', async () => {
    const root = makeTree({ '0_real/a.png': { link: 'none' }, '0_real/b.png': { link: 'none' }, '1_fake/c.png': '' });
    expect(await duplicatesOf(await openDataset(root))).toEqual([]);
    expect(await contentHashes([join(emptyTree('x'), 'none')])).toEqual([null]);
  });
});
