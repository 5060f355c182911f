import { quantileOf, seededRandom } from '@syntrace/core';

/** A measured value with its bootstrap interval; the ends are `null` when no resample had a value. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Draws with replacement within each stratum and hands out how often each row was drawn. The array is used again: don't keep it. O(resamples · rows) */
export function resample(strata: readonly ArrayLike<number>[], rows: number, resamples: number, seed: number, take: (weights: Uint16Array) => void): void {
  const random = seededRandom(seed, 'bootstrap');
  const weights = new Uint16Array(rows);
  for (let r = 0; r < resamples; r++) {
    weights.fill(0);
    for (const stratum of strata) for (let i = 0; i < stratum.length; i++) weights[stratum[random.below(stratum.length)]!]!++;
    take(weights);
  }
}

/** Percentile interval: the (1−level)/2 and (1+level)/2 quantiles of the resampled values. */
export function estimateOf(value: number | null, resampled: readonly (number | null)[], level: number): Estimate | null {
  if (value === null) return null;
  const sorted = Float64Array.from(resampled.filter(v => v !== null)).sort();
  if (sorted.length === 0) return { value, low: null, high: null };
  return { value, low: quantileOf(sorted, (1 - level) / 2), high: quantileOf(sorted, (1 + level) / 2) };
}
