import type { Pair } from './pce-table.js';

/** Greedy maximal matching: the best pair, then the best of those that touch neither of its clusters, and so on (spec section 5, step 4).
 *  Ties keep the given order. O(m log m) */
export function greedyMatching(pairs: readonly Pair[]): readonly Pair[] {
  const taken = new Set<number>();
  return pairs
    .toSorted((a, b) => b.pce - a.pce)
    .filter(({ row, column }) => {
      if (taken.has(row) || taken.has(column)) return false;
      taken.add(row).add(column);
      return true;
    });
}
