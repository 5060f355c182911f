import type { Dataset, DatasetItem } from './dataset.js';
import { contentHashes, type HashOptions } from './hash.js';

/** Files of a dataset with the same bytes. */
export interface Duplicate {
  readonly hash: string;
  readonly items: readonly DatasetItem[];
  /** The same picture in two splits makes figures too good. */
  readonly leaks: boolean;
  /** The same picture as real and as synthetic: one label is wrong. */
  readonly contradicts: boolean;
}

/** Files with the same content, by SHA-256, in the order of the dataset. O(bytes) reading, O(pictures) memory. */
export async function duplicatesOf(dataset: Dataset, options: HashOptions = {}): Promise<readonly Duplicate[]> {
  const hashes = await contentHashes(
    dataset.items.map(item => item.path),
    options,
  );
  return [...groupedByHash(dataset.items, hashes)].flatMap(([hash, items]) => {
    if (items.length < 2) return [];
    const [splits, labels] = [new Set(items.map(item => item.split)), new Set(items.map(item => item.label))];
    return [{ hash, items, leaks: splits.size > 1, contradicts: labels.size > 1 }];
  });
}

/** Items by content; those without a hash are left out. */
export function groupedByHash<T>(items: readonly T[], hashes: readonly (string | null)[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [i, item] of items.entries()) {
    const hash = hashes[i];
    if (!hash) continue;
    const group = groups.get(hash);
    if (group) group.push(item);
    else groups.set(hash, [item]);
  }
  return groups;
}
