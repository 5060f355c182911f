import { quantileOf } from '@syntrace/core';
import type { Columns, Slice } from './columns.js';

/** Scores of each class in bins of equal width between the 0.5 % and the 99.5 % quantile of all; what lies beyond is in the outer bins. */
export interface ScoreHistogram {
  readonly low: number;
  readonly high: number;
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
}

/** `null` without scores. */
export function histogramOf({ label, score }: Columns, { ranked }: Slice, bins: number): ScoreHistogram | null {
  if (ranked.length === 0) return null;
  const sorted = Float64Array.from(ranked, row => score[row]!);
  const [from, to] = [quantileOf(sorted, 0.005), quantileOf(sorted, 0.995)];
  const [low, high] = to > from ? [from, to] : [from - 0.5, from + 0.5];
  const counts = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)] as const;
  for (const row of ranked) counts[label[row] === 1 ? 1 : 0][Math.min(bins - 1, Math.max(0, Math.floor(((score[row]! - low) / (high - low)) * bins)))]!++;
  return { low, high, real: counts[0], synthetic: counts[1] };
}
