/** What the folders above a picture say of it. */
export interface Place {
  /** 0 = real, 1 = synthetic. */
  readonly label: 0 | 1;
  /** The folders between split and class, or the root's name: a generator, usually. */
  readonly group: string;
  readonly split: Split | null;
}

export type Split = 'train' | 'val' | 'test';

const CLASSES: ReadonlyMap<string, 0 | 1> = new Map([
  ['0_real', 0],
  ['real', 0],
  ['nature', 0],
  ['1_fake', 1],
  ['fake', 1],
  ['ai', 1],
  ['synthetic', 1],
]);
const SPLITS: ReadonlyMap<string, Split> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['test', 'test'],
]);

/** Reads label, group and split off the folder names; `null` when no folder names a class. The class folder nearest to the picture counts. */
export function placeOf(folders: readonly string[], rootName: string): Place | null {
  const at = folders.findLastIndex(folder => classOf(folder) !== undefined);
  if (at < 0) return null;
  const above = folders.slice(0, at);
  const group = above.filter(folder => !isSplit(folder)).join('/') || rootName;
  return { label: classOf(folders[at]!)!, group, split: splitOfFolders(above) };
}

/** The class that a word names, as folders and manifests do: `0_real`, `real`, `nature`; `1_fake`, `fake`, `ai`, `synthetic`. */
export const classOf = (word: string): 0 | 1 | undefined => CLASSES.get(word.toLowerCase());

export const isSplit = (folder: string): boolean => SPLITS.has(folder.toLowerCase());

/** The first folder that names a split. */
export const splitOfFolders = (folders: readonly string[]): Split | null => folders.map(folder => SPLITS.get(folder.toLowerCase())).find(Boolean) ?? null;
