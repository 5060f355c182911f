import type { Calibration, Learners } from '@syntrace/core';
import type { EvaluationRow } from '../row.js';
import { scoredRows, unusable } from './scored.js';

export type PlattCalibration = Extract<Calibration, { method: 'platt' }>;

/** Far below what the data say: only keeps the solver's problem well posed when the classes are separable. */
const PENALTY = 1e-6;

/** Platt calibration: probability = sigmoid(slope·score + intercept), fitted by the host's logistic regression on one feature, both classes
 *  given the same weight (as if real and synthetic pictures were equally frequent). Rows without a score are left out.
 *  The labels are used as they are, without Platt's smoothing (Platt 1999, section 2.2).
 *  @throws TRAINING_INVALID when a class is missing or higher scores don't mean synthetic */
export async function plattCalibration(rows: readonly Pick<EvaluationRow, 'score' | 'label'>[], learners: Learners): Promise<PlattCalibration> {
  const scored = scoredRows(rows);
  const counts = [0, 1].map(label => scored.filter(row => row.label === label).length);
  const mean = scored.reduce((sum, row) => sum + row.score, 0) / scored.length;
  const deviation = Math.sqrt(scored.reduce((sum, row) => sum + (row.score - mean) ** 2, 0) / scored.length);
  if (!(deviation > 0)) throw unusable('all scores are equal');
  const model = await learners.logistic({
    x: Float32Array.from(scored, row => (row.score - mean) / deviation),
    y: Uint8Array.from(scored, row => row.label),
    sampleWeights: Float64Array.from(scored, row => 1 / counts[row.label]!),
    features: 1,
    l2: PENALTY,
  });
  const slope = model.weights[0]! / deviation;
  if (!(slope > 0)) throw unusable('higher scores do not mean synthetic on these pictures');
  return { method: 'platt', slope, intercept: model.bias[0]! - slope * mean };
}
