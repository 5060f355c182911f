import { seededRandom } from '@syntrace/core';
import type { DatasetItem } from '../dataset.js';
import type { Split } from '../layouts/place.js';
import { SPLITS, type SplitSizes } from '../prepare/options.js';

/** An item with the split that it was given. */
export interface AssignedItem extends DatasetItem {
  readonly split: Split;
  readonly hash: string | null;
}

/** Deals items out to splits: each group and class apart, so that every split has its share of it; files with the same bytes stay together. Seeded; the
 *  order of the items does not change. `sizes`: counts of each group and class, or fractions below 1. Items beyond the sizes are left out. O(n) */
export function assignSplits(items: readonly DatasetItem[], hashes: readonly (string | null)[], sizes: SplitSizes, seed: number): readonly AssignedItem[] {
  const random = seededRandom(seed, 'split');
  const firsts = new Map<string, number>();
  const contentOf = (i: number) => hashes[i] ?? items[i]!.path;
  for (const [i] of items.entries()) if (!firsts.has(contentOf(i))) firsts.set(contentOf(i), i);
  const strata = new Map<string, number[]>();
  for (const i of firsts.values()) {
    const key = `${items[i]!.group}\0${items[i]!.label}`;
    const members = strata.get(key);
    if (members) members.push(i);
    else strata.set(key, [i]);
  }
  const splitOfContent = new Map<string, Split>();
  for (const [key, members] of strata) {
    const dealt = random.fork(key).shuffle(members);
    let [at, share] = [0, 0];
    for (const split of SPLITS) {
      share += sizes[split];
      // Fractions are cut where their sum is, so that nothing is lost to rounding.
      const end = sizes[split] < 1 ? Math.min(members.length, Math.round(Math.min(1, share) * members.length)) : at + sizes[split];
      for (const i of dealt.slice(at, end)) splitOfContent.set(contentOf(i), split);
      at = Math.max(at, end);
    }
  }
  return items.flatMap((item, i) => {
    const split = splitOfContent.get(contentOf(i));
    return split ? [{ ...item, split, hash: hashes[i] ?? null }] : [];
  });
}
