import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { type Place, placeOf, type Split } from './layout.js';
import { walkFiles } from './walk.js';

const PICTURES = /\.(jpe?g|png|webp|gif|tiff?|avif)$/i;

/** One labelled picture of a dataset. */
export interface DatasetItem extends Place {
  readonly path: string;
}

/** What a folder was found to hold. O(pictures) paths; no picture is opened. */
export interface Dataset {
  readonly root: string;
  /** The root folder's name. */
  readonly name: string;
  readonly items: readonly DatasetItem[];
  readonly groups: readonly { readonly group: string; readonly real: number; readonly synthetic: number }[];
  readonly splits: readonly Split[];
  /** Pictures that lie in no class folder. */
  readonly unlabelled: number;
  /** Folders that could not be listed. */
  readonly unreadable: readonly string[];
}

/** Lists a folder with both classes: `…/<group>/0_real|1_fake/*`, `real|fake`, `nature|ai`, at any depth, with or without train/val/test above.
 *  A link that leads nowhere is an item like any other: opening it fails.
 *  @throws DATASET_INVALID when a class is missing */
export async function openDataset(path: string): Promise<Dataset> {
  const root = resolve(path);
  const refuse = (detail: string): never => {
    throw new SyntraceError('DATASET_INVALID', { path, detail });
  };
  const found = await stat(root).catch(() => null);
  if (!found?.isDirectory()) refuse(found ? 'it is a file' : 'there is no such folder');
  const items: DatasetItem[] = [];
  const unreadable: string[] = [];
  let unlabelled = 0;
  const name = basename(root);
  for await (const found of walkFiles(root)) {
    if ('error' in found) unreadable.push(found.folder);
    else if (PICTURES.test(found.path)) {
      const place = placeOf(found.folders, name);
      if (place) items.push({ path: found.path, ...place });
      else unlabelled++;
    }
  }
  for (const [label, word] of [
    [0, 'real'],
    [1, 'synthetic'],
  ] as const)
    if (!items.some(item => item.label === label)) refuse(`no ${word} pictures among ${items.length} labelled and ${unlabelled} other ones`);
  return { root, name, items, groups: groupsOf(items), splits: [...new Set(items.flatMap(item => item.split ?? []))], unlabelled, unreadable };
}

/** The items of one split. @throws DATASET_INVALID when there are none of a class */
export function splitOf(dataset: Dataset, split: Split): readonly DatasetItem[] {
  const items = dataset.items.filter(item => item.split === split);
  if (items.some(item => item.label === 0) && items.some(item => item.label === 1)) return items;
  throw new SyntraceError('DATASET_INVALID', { path: dataset.root, detail: `its ${split} folder does not hold both classes` });
}

function groupsOf(items: readonly DatasetItem[]): Dataset['groups'] {
  const groups = new Map<string, { real: number; synthetic: number }>();
  for (const { group, label } of items) {
    const counts = groups.get(group) ?? { real: 0, synthetic: 0 };
    counts[label === 0 ? 'real' : 'synthetic']++;
    groups.set(group, counts);
  }
  return [...groups].map(([group, counts]) => ({ group, ...counts }));
}
