import { chmodSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canBeUnprivileged, emptyTree, makeTree, unprivileged } from '../test/tree.js';
import { type FoundFile, walkFiles } from './walk.js';

async function walked(root: string) {
  const files: (Omit<FoundFile, 'path'> & { path: string })[] = [];
  const unlisted: { folder: string; error: unknown }[] = [];
  for await (const found of walkFiles(root)) {
    if ('error' in found) unlisted.push({ ...found, folder: relative(root, found.folder) });
    else files.push({ ...found, path: relative(root, found.path) });
  }
  return { files, unlisted, paths: files.map(file => file.path) };
}

describe('walkFiles', () => {
  it('lists every file, by the names in code-point order, folder by folder', async () => {
    const root = emptyTree('b/1.png', 'b/10.png', 'b/2.png', 'a/z.png', 'a/c/x.png', 'Z.png', 'ä.png', '.hidden', 'a.png');
    expect((await walked(root)).paths).toEqual(['.hidden', 'Z.png', 'a/c/x.png', 'a/z.png', 'a.png', 'b/1.png', 'b/10.png', 'b/2.png', 'ä.png']);
  });

  it('tells the folders between the root and the file', async () => {
    expect((await walked(emptyTree('x.png', 'a/b/y.png'))).files).toEqual([
      { path: 'a/b/y.png', folders: ['a', 'b'], broken: false },
      { path: 'x.png', folders: [], broken: false },
    ]);
  });

  it('streams: the first file is there before the last folder was listed', async () => {
    const root = emptyTree('a/1.png', 'b/2.png');
    const paths: string[] = [];
    for await (const found of walkFiles(root)) {
      if ('path' in found) paths.push(relative(root, found.path));
      rmSync(`${root}/b`, { recursive: true, force: true });
    }
    expect(paths).toEqual(['a/1.png']);
  });

  it('follows links to files and folders, and ends loops', async () => {
    const root = makeTree({ 'a/x.png': '', 'a/up': { link: '..' }, 'a/self': { link: '.' }, b: { link: 'a' }, 'y.png': { link: 'a/x.png' } });
    const { paths, unlisted } = await walked(root);
    expect(paths).toEqual(['a/x.png', 'b/x.png', 'y.png']);
    expect(unlisted).toEqual([]);
  });

  it('ends a loop over two links that lead to each other', async () => {
    const root = makeTree({ 'a/x.png': '', 'b/y.png': '', 'a/to-b': { link: '../b' }, 'b/to-a': { link: '../a' } });
    expect((await walked(root)).paths).toEqual(['a/to-b/y.png', 'a/x.png', 'b/to-a/x.png', 'b/y.png']);
  });

  it('keeps a link that leads nowhere, or to itself, as broken', async () => {
    const root = makeTree({ 'nowhere.png': { link: 'missing.png' }, 'self.png': { link: 'self.png' }, 'whole.png': '' });
    expect((await walked(root)).files.map(({ path, broken }) => [path, broken])).toEqual([
      ['nowhere.png', true],
      ['self.png', true],
      ['whole.png', false],
    ]);
  });

  it.runIf(canBeUnprivileged)('goes on after a folder that may not be listed', async () => {
    const root = emptyTree('a/x.png', 'locked/y.png', 'z.png');
    chmodSync(`${root}/locked`, 0o000);
    onTestFinished(() => chmodSync(`${root}/locked`, 0o700));
    const { paths, unlisted } = await unprivileged(() => walked(root));
    expect(paths).toEqual(['a/x.png', 'z.png']);
    expect(unlisted).toEqual([{ folder: 'locked', error: expect.objectContaining({ code: 'EACCES' }) }]);
  });

  it('goes on after a folder that vanished, and tells of a root that is none', async () => {
    expect((await walked('/nowhere/at-all')).unlisted).toEqual([{ folder: '', error: expect.objectContaining({ code: 'ENOENT' }) }]);
  });
});
