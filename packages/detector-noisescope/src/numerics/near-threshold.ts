import type { Kernels } from '@syntrace/core';
import type { Pair } from '../cluster/pce-table.js';
import type { Cluster } from '../cluster/rounds.js';
import type { Residuals } from '../residuals/residuals.js';
import { withPlanes } from './blocks.js';

/** Relative distance from the threshold within which float32 is not trusted (spec section 13.5). */
export const NEAR = 1e-4;

/** Pairs above the threshold, those near it decided in float64. */
export async function decidedPairs(
  kernels: Kernels,
  residuals: Residuals,
  clusters: readonly Cluster[],
  pairs: readonly Pair[],
  threshold: number,
): Promise<readonly Pair[]> {
  const near = pairs.filter(({ pce }) => Math.abs(pce - threshold) <= NEAR * Math.abs(threshold));
  if (near.length === 0) return pairs;
  const exact = new Map<Pair, number>();
  for (const pair of near) {
    const [a, b] = [clusters[pair.row]!, clusters[pair.column]!];
    const sides = [a.map((_, i) => i), b.map((_, i) => a.length + i)] as const;
    const [pce] = await withPlanes(kernels, residuals, [...a, ...b], planes => kernels.pceExact(planes, [sides]));
    exact.set(pair, pce!);
  }
  return pairs.map(pair => ({ ...pair, pce: exact.get(pair) ?? pair.pce })).filter(({ pce }) => pce > threshold);
}
