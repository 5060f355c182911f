import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/tree.js';
import { openDataset } from '../dataset.js';
import { writeTable } from '../formats/table.js';

const ROWS = [
  { path: 'a.png', label: 0, group: 'camera', split: 'train' },
  { path: 'sub/b.png', label: 1, group: 'sd, "xl"', split: 'test' },
  { path: '/elsewhere/c.png', label: 1, group: null, split: null },
];

describe('manifests', () => {
  it.each(['set.csv', 'set.parquet'])('%s is written and read back', async name => {
    const root = makeTree({ 'x.txt': '' });
    const file = join(root, name);
    await writeTable(file, ['path', 'label', 'group', 'split'], ROWS);
    const { items, layout, name: called } = await openDataset(file);
    expect([layout.id, called]).toEqual(['manifest', name]);
    expect(items).toEqual([
      { path: join(root, 'a.png'), label: 0, group: 'camera', split: 'train' },
      { path: join(root, 'sub/b.png'), label: 1, group: 'sd, "xl"', split: 'test' },
      { path: '/elsewhere/c.png', label: 1, group: 'manifest', split: null },
    ]);
  });

  it('takes words for labels and other column names', async () => {
    const root = makeTree({ 'set.csv': 'file,class,generator,split\na.png,real,,training\nb.png,1_fake,gan,valid\n' });
    const { items } = await openDataset(join(root, 'set.csv'));
    expect(items.map(({ path, label, group, split }) => [basename(path), label, group, split])).toEqual([
      ['a.png', 0, 'manifest', 'train'],
      ['b.png', 1, 'gan', 'val'],
    ]);
  });

  it.each([
    ['no path', 'path,label\n,0\n', /row 1 has no path/],
    ['a label nobody knows', 'path,label\na.png,0\nb.png,maybe\n', /row 2 has the label "maybe"/],
    ['a split nobody knows', 'path,label,split\na.png,0,later\n', /row 1 has the split "later"/],
    ['one class only', 'path,label\na.png,0\n', /no synthetic pictures/],
  ])('refuses %s', async (_, text, words) => {
    const root = makeTree({ 'set.csv': text });
    await expect(openDataset(join(root, 'set.csv'))).rejects.toMatchObject({ code: 'DATASET_INVALID', message: expect.stringMatching(words) });
  });

  it.each(['set.csv', 'set.parquet'])('refuses a damaged %s', async name => {
    const root = makeTree({ [name]: 'path,label\n"a.png,0\n' });
    await expect(openDataset(join(root, name))).rejects.toMatchObject({ code: 'DATA_INVALID', message: expect.stringContaining(name) });
  });
});
