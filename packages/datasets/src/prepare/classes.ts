import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nearestName, SyntraceError } from '@syntrace/core';
import { openDataset } from '../dataset.js';
import { picturesOf } from '../pictures.js';
import type { ClassedPicture } from './plan.js';

/** The classes of a dataset in the order of their labels, and its pictures. */
export interface ClassedPictures {
  readonly classes: readonly string[];
  readonly pictures: readonly ClassedPicture[];
  /** Whether the dataset itself says what is train, val and test. */
  readonly hasSplits: boolean;
}

/** How pictures get their labels.
 *  - `folders`: each folder directly below the root is a class; labels by the order of their names, or by that of `classes`.
 *    `compat`: files as the published code lists them, not recursively and with one ending only
 *  - `layout`: real 0, synthetic 1, as the dataset's layout or manifest says */
export type Labels =
  | { readonly by: 'folders'; readonly classes?: readonly string[]; readonly compat?: boolean }
  | { readonly by: 'layout'; readonly layout?: string };

/** Lists the pictures with their classes. O(pictures) paths. @throws DATASET_INVALID, USAGE */
export async function classedPictures(root: string, labels: Labels): Promise<ClassedPictures> {
  if (labels.by === 'layout') {
    const { items, splits } = await openDataset(root, labels.layout === undefined ? {} : { layout: labels.layout });
    return { classes: ['real', 'synthetic'], pictures: items, hasSplits: splits.includes('train') };
  }
  const folders = await foldersOf(root);
  const classes = labels.classes ?? folders;
  for (const name of classes)
    if (!folders.includes(name))
      throw new SyntraceError('USAGE', { detail: `${root} has no folder "${name}"${nearestName(name, folders)}; it has ${folders.join(', ')}` });
  const lists = await Promise.all(classes.map(name => picturesOf(join(root, name), { compat: labels.compat ?? false })));
  return { classes, pictures: lists.flatMap((list, label) => list.map(({ path }) => ({ path, label }))), hasSplits: false };
}

async function foldersOf(root: string): Promise<readonly string[]> {
  const refuse = (detail: string): never => {
    throw new SyntraceError('DATASET_INVALID', { path: root, detail });
  };
  const names = await readdir(root).catch(() => refuse('there is no such folder'));
  const folders: string[] = [];
  for (const name of names.sort((a, b) => (a < b ? -1 : 1))) if ((await stat(join(root, name)).catch(() => null))?.isDirectory()) folders.push(name);
  return folders.length > 0 ? folders : refuse('it has no folders, one for each class');
}
