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

/** The pictures of a folder at any depth, by code point order of their names. O(pictures) paths.
 *  @throws DATASET_INVALID when there are none, or a folder cannot be listed */
export async function picturesOf(folder: string): Promise<readonly PictureFile[]> {
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
  if (pictures.length === 0) refuse('it holds no pictures');
  return pictures;
}
