import { equalSpacedQuantiles, type Learners, type ModelCard, type TrainingData } from '@syntrace/core';

const QUANTILES = 101;

export type Meaning = Pick<ModelCard, 'threshold' | 'abstention' | 'calibration' | 'realScoreQuantiles'>;

/** The published rule decides: another class has a larger score than real. Probabilities by Platt's method with balanced classes, where both are there and higher scores mean synthetic. */
export async function meaningOf(scores: Float64Array, labels: Uint8Array, learners: Learners): Promise<Meaning> {
  if (labels.every(label => label === labels[0])) return { threshold: 0, abstention: null, calibration: null, realScoreQuantiles: quantilesOf(scores, labels) };
  const synthetic = labels.reduce((sum, label) => sum + label, 0);
  const sampleWeights = Float64Array.from(labels, label => 1 / (label === 1 ? synthetic : labels.length - synthetic));
  const platt = await learners.logistic({ x: Float32Array.from(scores), y: labels, sampleWeights, features: 1, l2: 1e-9 });
  const [slope, intercept] = [platt.weights[0]!, platt.bias[0]!];
  return {
    threshold: 0,
    abstention: null,
    calibration: slope > 0 ? { method: 'platt', slope, intercept } : null,
    realScoreQuantiles: quantilesOf(scores, labels),
  };
}

function quantilesOf(scores: Float64Array, labels: Uint8Array): readonly number[] {
  const real = scores.filter((_, i) => labels[i] === 0);
  return real.length > 0 ? equalSpacedQuantiles(real, QUANTILES) : [];
}

/** How many pictures of each set were learnt from and calibrated by. */
export function summaryOf({ train, validation }: TrainingData, licence: string): ModelCard['trainingData'] {
  const counts = new Map<string, { real: number; synthetic: number }>();
  for (const [part, samples] of [['train', train] as const, ['validation', validation] as const])
    for (const { set, label } of samples) {
      const name = `${set} (${part})`;
      const count = counts.get(name) ?? { real: 0, synthetic: 0 };
      count[label === 0 ? 'real' : 'synthetic']++;
      counts.set(name, count);
    }
  return [...counts].map(([name, count]) => ({ name, ...count, licence }));
}
