import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { walkFiles } from './walk.js';

/** Whether a file is a picture by its name. */
export const isPicture = (path: string): boolean => /\.(jpe?g|png|webp|gif|tiff?|avif)$/i.test(path);

/** A picture below a folder. */
export interface PictureFile {
  readonly path: string;
  /** From the folder, with `/`. */
  readonly name: string;
}

/** In this order the published code looks for files; the first that it finds is the only one that it takes. */
const PUBLISHED_ENDINGS = ['.jpeg', '.jpg', '.png'];

/** The pictures of a folder at any depth, by code point order of their names. O(pictures) paths.
 *  `compat`: as the published code lists them: directly in the folder, and only those with the first of .jpeg, .jpg, .png that any file has.
 *  @throws DATASET_INVALID when there are none, or a folder cannot be listed */
export async function picturesOf(folder: string, { compat = false }: { readonly compat?: boolean } = {}): Promise<readonly PictureFile[]> {
  const root = resolve(folder);
  const refuse = (detail: string): never => {
    throw new SyntraceError('DATASET_INVALID', { path: folder, detail });
  };
  if (!(await stat(root).catch(() => null))?.isDirectory()) refuse('there is no such folder');
  const pictures: PictureFile[] = [];
  for await (const found of walkFiles(root)) {
    if ('error' in found) refuse(`${found.folder} cannot be listed`);
    else if (isPicture(found.path)) pictures.push({ path: found.path, name: relative(root, found.path).replaceAll('\\', '/') });
  }
  const taken = compat ? asPublished(pictures) : pictures;
  if (taken.length === 0) refuse(compat ? 'it holds no .jpeg, .jpg or .png directly' : 'it holds no pictures');
  return taken;
}

function asPublished(pictures: readonly PictureFile[]): readonly PictureFile[] {
  const direct = pictures.filter(({ name }) => !name.includes('/'));
  const lists = PUBLISHED_ENDINGS.map(ending => direct.filter(({ name }) => name.endsWith(ending)));
  return lists.find(list => list.length > 0) ?? [];
}
