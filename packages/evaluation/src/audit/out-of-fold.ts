import type { Learners } from '@syntrace/core';
import { foldsOf } from './folds.js';

export interface LabelledFeatures {
  readonly label: 0 | 1;
  /** Drawn apart by it and the label. */
  readonly group: string;
  readonly features: readonly number[];
}

const FOLDS = 5;
const PENALTY = 0.01;

/** Scores by a logistic regression that has not seen the row: five folds, features standardised on the other four, both classes weighing the same.
 *  `null` when a class has fewer than two rows. */
export async function outOfFold(rows: readonly LabelledFeatures[], learners: Learners, seed: number): Promise<Float64Array | null> {
  const counts = [0, 1].map(label => rows.filter(row => row.label === label).length);
  const count = Math.min(FOLDS, ...counts);
  if (count < 2) return null;
  // A class that is thinner than the folds must still be in each: groups count only where there are enough.
  const fold = foldsOf(
    rows.map(({ label, group }) => (counts[label]! >= 4 * FOLDS ? `${label} ${group}` : String(label))),
    count,
    seed,
  );
  const scores = new Float64Array(rows.length);
  for (let f = 0; f < count; f++) {
    const model = await fitted(
      rows.filter((_, i) => fold[i] !== f),
      learners,
    );
    rows.forEach(({ features }, i) => {
      if (fold[i] === f) scores[i] = model(features);
    });
  }
  return scores;
}

/** A logistic regression as a function of the raw features. */
async function fitted(rows: readonly LabelledFeatures[], learners: Learners): Promise<(features: readonly number[]) => number> {
  const counts = [0, 1].map(label => rows.filter(row => row.label === label).length);
  const width = rows[0]!.features.length;
  const scales = Array.from({ length: width }, (_, j) => scaleOf(rows.map(({ features }) => features[j]!)));
  const standard = (features: readonly number[]) => scales.map(({ mean, deviation }, j) => (features[j]! - mean) / deviation);
  const { weights, bias } = await learners.logistic({
    x: Float32Array.from(rows.flatMap(({ features }) => standard(features))),
    y: Uint8Array.from(rows, row => row.label),
    sampleWeights: Float64Array.from(rows, row => 1 / counts[row.label]!),
    features: width,
    l2: PENALTY,
  });
  return features => standard(features).reduce((sum, value, j) => sum + value * weights[j]!, bias[0]!);
}

/** A feature that never changes stays at nought. */
function scaleOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: variance > 1e-18 ? Math.sqrt(variance) : 1 };
}
