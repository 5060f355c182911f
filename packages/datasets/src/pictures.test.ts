import { describe, expect, it } from 'vitest';
import { emptyTree, makeTree } from '../test/tree.js';
import { picturesOf } from './pictures.js';

const namesOf = async (root: string, compat = false) => (await picturesOf(root, { compat })).map(({ name }) => name);

describe('picturesOf', () => {
  it('lists every depth and ending by code point', async () => {
    expect(await namesOf(emptyTree('b.png', 'a/2.JPG', 'a/10.webp', 'notes.txt', 'c.jpeg'))).toEqual(['a/10.webp', 'a/2.JPG', 'b.png', 'c.jpeg']);
  });

  it.each([
    [
      ['2.png', '10.png', 'a/b.jpeg', 'c.webp'],
      ['10.png', '2.png'],
    ],
    [
      ['a.png', 'b.jpg', 'c.jpg'],
      ['b.jpg', 'c.jpg'],
    ],
    [['a.png', 'b.jpg', 'c.jpeg'], ['c.jpeg']],
    [['a.png', 'b.JPG'], ['a.png']],
  ])('as the published code does: %j', async (paths, want) => {
    expect(await namesOf(emptyTree(...paths), true)).toEqual(want);
  });

  it('says when there is nothing', async () => {
    await expect(picturesOf('/nowhere')).rejects.toMatchObject({ code: 'DATASET_INVALID', message: expect.stringContaining('no such folder') });
    await expect(picturesOf(emptyTree('x.txt'))).rejects.toMatchObject({ code: 'DATASET_INVALID', message: expect.stringContaining('no pictures') });
    await expect(picturesOf(makeTree({ 'a/x.png': '' }), { compat: true })).rejects.toMatchObject({ message: expect.stringContaining('.jpeg, .jpg or .png') });
  });
});
