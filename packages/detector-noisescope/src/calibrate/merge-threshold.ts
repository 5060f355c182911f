import { quantileOf, type Random } from '@syntrace/core';

/** T_merge with its 95 % bootstrap interval over groups. */
export interface MergeThreshold {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly groups: number;
  readonly percentile: number;
}

const RESAMPLES = 500;

/** Percentile of the PCE between all pairs of reference fingerprints (spec section 6). `matrix` [groups, groups], lower triangle used.
 *  The interval draws groups with replacement and takes the percentile over pairs of different groups. O(resamples · groups² log groups) */
export function mergeThresholdOf(matrix: Float64Array, groups: number, percentile: number, random: Random): MergeThreshold {
  const at = (a: number, b: number) => matrix[Math.max(a, b) * groups + Math.min(a, b)]!;
  const all = Array.from({ length: groups }, (_, i) => i);
  const value = percentileOfPairs(all, at, percentile);
  const resampled = Float64Array.from({ length: RESAMPLES }, () =>
    percentileOfPairs(
      all.map(() => random.below(groups)),
      at,
      percentile,
    ),
  )
    .filter(Number.isFinite)
    .sort();
  return { value, low: quantileOf(resampled, 0.025), high: quantileOf(resampled, 0.975), groups, percentile };
}

function percentileOfPairs(groups: readonly number[], at: (a: number, b: number) => number, percentile: number): number {
  const values: number[] = [];
  for (const [i, a] of groups.entries()) for (const b of groups.slice(0, i)) if (a !== b) values.push(at(a, b));
  return values.length > 0 ? quantileOf(Float64Array.from(values).sort(), percentile / 100) : Number.NaN;
}
