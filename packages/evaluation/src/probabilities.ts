import { CALIBRATION_BINS, type Columns, type Slice } from './columns.js';
import type { Weights } from './ranking.js';

/** What is in one bin of the probabilities; the means are `null` in an empty one. */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly meanProbability: number | null;
  readonly syntheticShare: number | null;
}

/** 15 bins of equal width on 0…1, the upper end inside the last. */
export function calibrationBinsOf({ label, probability, bin }: Columns, { all }: Slice, weights: Weights): CalibrationBin[] {
  const [count, sum, synthetic] = [0, 1, 2].map(() => new Float64Array(CALIBRATION_BINS)) as [Float64Array, Float64Array, Float64Array];
  for (const row of all) {
    const b = bin[row]!;
    if (b < 0) continue;
    count[b]! += weights[row]!;
    sum[b]! += weights[row]! * probability[row]!;
    synthetic[b]! += weights[row]! * label[row]!;
  }
  return Array.from(count, (n, b) => ({
    low: b / CALIBRATION_BINS,
    high: (b + 1) / CALIBRATION_BINS,
    count: n,
    meanProbability: n > 0 ? sum[b]! / n : null,
    syntheticShare: n > 0 ? synthetic[b]! / n : null,
  }));
}

/** Expected calibration error of the probability of `synthetic`: Σ (n_b/n)·|mean probability − share synthetic|. `null` without probabilities. */
export function eceOf(bins: readonly CalibrationBin[]): number | null {
  const total = bins.reduce((n, bin) => n + bin.count, 0);
  return total > 0 ? bins.reduce((sum, bin) => sum + bin.count * Math.abs((bin.meanProbability ?? 0) - (bin.syntheticShare ?? 0)), 0) / total : null;
}

/** Brier score: mean of (probability − label)². `null` without probabilities. */
export function brierOf({ label, probability, bin }: Columns, { all }: Slice, weights: Weights): number | null {
  let [sum, total] = [0, 0];
  for (const row of all) {
    if (bin[row]! < 0) continue;
    sum += weights[row]! * (probability[row]! - label[row]!) ** 2;
    total += weights[row]!;
  }
  return total > 0 ? sum / total : null;
}
