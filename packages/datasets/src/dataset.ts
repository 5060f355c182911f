import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { detectLayout, layoutNamed } from './layouts/detect.js';
import { isManifest, readManifest } from './layouts/manifest.js';
import type { Place, Split } from './layouts/place.js';
import { isPicture } from './pictures.js';
import { type FoundFile, walkFiles } from './walk.js';

/** One labelled picture of a dataset. */
export interface DatasetItem extends Place {
  readonly path: string;
}

/** What a folder or manifest was found to hold. O(pictures) paths; no picture is opened. */
export interface Dataset {
  readonly root: string;
  /** The root folder's name, or the manifest's. */
  readonly name: string;
  /** How labels and groups were read off the paths: a layout of `LAYOUTS`, or `manifest`. */
  readonly layout: { readonly id: string; readonly title: string };
  readonly items: readonly DatasetItem[];
  readonly groups: readonly { readonly group: string; readonly real: number; readonly synthetic: number }[];
  readonly splits: readonly Split[];
  /** Pictures that lie in no class folder. */
  readonly unlabelled: number;
  /** Folders that could not be listed. */
  readonly unreadable: readonly string[];
}

/** Lists a folder with both classes, at any depth, with or without train/val/test above; or the pictures of a CSV or Parquet manifest.
 *  The layout is detected by the folders' names unless given. A link that leads nowhere is an item like any other: opening it fails.
 *  @throws DATASET_INVALID when a class is missing, DATA_INVALID for a table that cannot be read, USAGE for an unknown layout */
export async function openDataset(path: string, options: { readonly layout?: string } = {}): Promise<Dataset> {
  const root = resolve(path);
  const kind = await stat(root).catch(() => null);
  const listing = kind?.isFile() && isManifest(path) ? await listedBy(path) : await laidOut(root, kind?.isDirectory() ?? null, options.layout);
  const { items, unlabelled } = listing;
  for (const [label, word] of [
    [0, 'real'],
    [1, 'synthetic'],
  ] as const)
    if (!items.some(item => item.label === label)) throw refusal(path, `no ${word} pictures among ${items.length} labelled and ${unlabelled} other ones`);
  return { root, name: basename(root), ...listing, groups: groupsOf(items), splits: [...new Set(items.flatMap(item => item.split ?? []))] };
}

type Listing = Pick<Dataset, 'layout' | 'items' | 'unlabelled' | 'unreadable'>;

const refusal = (path: string, detail: string): SyntraceError => new SyntraceError('DATASET_INVALID', { path, detail });

async function listedBy(manifest: string): Promise<Listing> {
  return { layout: { id: 'manifest', title: 'table of pictures' }, items: await readManifest(manifest), unlabelled: 0, unreadable: [] };
}

async function laidOut(root: string, isFolder: boolean | null, wanted: string | undefined): Promise<Listing> {
  if (!isFolder) throw refusal(root, isFolder === false ? 'it is a file, and no .csv or .parquet' : 'there is no such folder');
  const chosen = wanted === undefined ? null : layoutNamed(wanted);
  const found: FoundFile[] = [];
  const unreadable: string[] = [];
  for await (const each of walkFiles(root)) {
    if ('error' in each) unreadable.push(each.folder);
    else if (isPicture(each.path)) found.push(each);
  }
  const name = basename(root);
  const { id, title, place } =
    chosen ??
    detectLayout(
      found.map(({ folders }) => folders),
      name,
    );
  const items = found.flatMap(({ path, folders }) => {
    const where = place(folders, name);
    return where ? [{ path, ...where }] : [];
  });
  return { layout: { id, title }, items, unlabelled: found.length - items.length, unreadable };
}

/** The items of one split. @throws DATASET_INVALID when there are none of a class */
export function splitOf(dataset: Dataset, split: Split): readonly DatasetItem[] {
  const items = dataset.items.filter(item => item.split === split);
  if (items.some(item => item.label === 0) && items.some(item => item.label === 1)) return items;
  throw refusal(dataset.root, `its ${split} folder does not hold both classes`);
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
