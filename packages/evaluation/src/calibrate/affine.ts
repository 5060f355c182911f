import { logistic } from '@syntrace/core';
import type { EvaluationRow } from '../row.js';
import type { PlattCalibration } from './platt.js';
import { scoredRows, unusable } from './scored.js';

type Row = Pick<EvaluationRow, 'score' | 'label'>;

const [STEPS, ENOUGH] = [100, 1e-12];

/** Temperature: the logit that a calibration gives, divided by one number, so that the loss is least with both classes given the same weight (Guo et al. 2017).
 *  Where the probability is one half stays where it is. @throws TRAINING_INVALID when a class is missing or no temperature above 0 is best */
export function withTemperature(rows: readonly Row[], base: PlattCalibration): PlattCalibration & { readonly temperature: number } {
  const logits = logitsOf(rows, base);
  const scale = newton(1, factor =>
    logits.reduce(
      ([slope, curve], { logit, label, weight }) => {
        const p = logistic(factor * logit);
        return [slope + weight * (p - label) * logit, curve + weight * p * (1 - p) * logit * logit];
      },
      [0, 0],
    ),
  );
  if (!(scale > 0)) throw unusable('no temperature above 0 makes these scores better');
  return { method: 'platt', slope: base.slope * scale, intercept: base.intercept * scale, temperature: 1 / scale };
}

/** A single shift of the logit for pictures of a new kind, learnt from their labels: the loss is least with both classes given the same weight. */
export function shiftOf(rows: readonly Row[], base: PlattCalibration): number {
  const logits = logitsOf(rows, base);
  return newton(0, shift =>
    logits.reduce(
      ([slope, curve], { logit, label, weight }) => {
        const p = logistic(logit + shift);
        return [slope + weight * (p - label), curve + weight * p * (1 - p)];
      },
      [0, 0],
    ),
  );
}

/** The same without labels, by what share of the pictures is synthetic, known or assumed: the shift after which the mean probability is that share.
 *  @throws TRAINING_INVALID without scores or for a share that is not within 0…1 */
export function unlabelledShift(scores: readonly number[], base: PlattCalibration, share = 0.5): number {
  if (scores.length === 0) throw unusable('no picture has a score');
  if (!(share > 0 && share < 1)) throw unusable(`the share of synthetic pictures must lie between 0 and 1, it is ${share}`);
  const logits = scores.map(score => base.slope * score + base.intercept);
  // The mean rises with the shift, so halving finds it; Newton's steps may not where all logits are large.
  let [low, high] = [-100, 100];
  while (high - low > 1e-10) {
    const middle = (low + high) / 2;
    if (logits.reduce((sum, logit) => sum + logistic(logit + middle), 0) / logits.length < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function logitsOf(rows: readonly Row[], { slope, intercept }: PlattCalibration) {
  const scored = scoredRows(rows);
  const counts = [0, 1].map(label => scored.filter(row => row.label === label).length);
  return scored.map(({ score, label }) => ({ logit: slope * score + intercept, label, weight: 1 / counts[label]! }));
}

/** Where a rising slope is nought, by Newton's steps, halved where they overshoot; ends at the bound where the classes are separable. */
function newton(start: number, at: (x: number) => readonly [slope: number, curve: number]): number {
  let x = start;
  for (let i = 0; i < STEPS; i++) {
    const [slope, curve] = at(x);
    const step = Math.max(-2, Math.min(2, slope / Math.max(curve, 1e-9)));
    x -= step;
    if (Math.abs(step) < ENOUGH) break;
  }
  return Math.max(-1e3, Math.min(1e3, x));
}
