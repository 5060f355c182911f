import { equalSpacedQuantiles, type Learners, type ModelCard, SyntraceError, type TrainingData, type TrainingSample } from '@syntrace/core';
import type { TrainingSettings } from './training-options.js';

const QUANTILES = 101;

export const missingLearners = (): never => {
  throw new SyntraceError('TRAINING_INVALID', { detail: 'no learners are installed; add @syntrace/training' });
};

/** Both classes in both parts, and no weight of a set that is not there. @throws TRAINING_INVALID, USAGE */
export function checkData({ train, validation }: TrainingData, { setWeights }: Pick<TrainingSettings, 'setWeights'>): void {
  for (const [name, samples] of [
    ['training', train],
    ['validation', validation],
  ] as const) {
    const synthetic = samples.filter(sample => sample.label === 1).length;
    const real = samples.length - synthetic;
    if (real === 0 || synthetic === 0) throw new SyntraceError('TRAINING_INVALID', { detail: `${real} real and ${synthetic} synthetic ${name} pictures` });
  }
  const sets = new Set([...train, ...validation].map(sample => sample.set));
  const unknown = [...setWeights.keys()].find(set => !sets.has(set));
  if (unknown !== undefined) {
    const known = [...sets].map(set => `"${set}"`).join(', ');
    throw new SyntraceError('USAGE', { detail: `set-weights names "${unknown}", the datasets are ${known}` });
  }
}

/** Own weight · set weight / rows of that class in that set: classes are balanced within each set. */
export function balanced(
  samples: readonly TrainingSample[],
  classOf: (sample: TrainingSample) => string | number,
  ownWeight: (row: number) => number,
  { setWeights }: Pick<TrainingSettings, 'setWeights'>,
): Float64Array {
  const keyOf = (sample: TrainingSample) => `${classOf(sample)} ${sample.set}`;
  const counts = new Map<string, number>();
  for (const sample of samples) counts.set(keyOf(sample), (counts.get(keyOf(sample)) ?? 0) + 1);
  return Float64Array.from(samples, (sample, i) => (ownWeight(i) * (setWeights.get(sample.set) ?? 1)) / counts.get(keyOf(sample))!);
}

export type Meaning = Pick<ModelCard, 'threshold' | 'abstention' | 'calibration' | 'realScoreQuantiles'>;

/** Validation rows: scores, whether each is synthetic, and its weight. */
export interface Scored {
  readonly scores: Float32Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/** Platt calibration with balanced classes; the threshold is where the probability is one half. @throws TRAINING_INVALID when scores do not tell the classes apart */
export async function meaningOf(scored: Scored, settings: Pick<TrainingSettings, 'abstain'>, learners: Learners): Promise<Meaning> {
  const meaning = await calibrated(scored, settings, learners);
  if (meaning) return meaning;
  throw new SyntraceError('TRAINING_INVALID', { detail: 'on the validation pictures the scores do not tell the classes apart' });
}

/** The same, or the published rule where higher scores do not mean synthetic: a control that finds nothing is a result too. */
export async function meaningOrPublishedRule(scored: Scored, settings: Pick<TrainingSettings, 'abstain'>, learners: Learners): Promise<Meaning> {
  const meaning = await calibrated(scored, settings, learners);
  return meaning ?? { threshold: 0, abstention: null, calibration: null, realScoreQuantiles: realQuantiles(scored) };
}

async function calibrated(scored: Scored, { abstain }: Pick<TrainingSettings, 'abstain'>, learners: Learners): Promise<Meaning | null> {
  const platt = await learners.logistic({ x: scored.scores, y: scored.labels, sampleWeights: scored.weights, features: 1, l2: 1e-9 });
  const [slope, intercept] = [platt.weights[0]!, platt.bias[0]!];
  if (!(slope > 0)) return null;
  const scoreAt = (p: number) => (Math.log(p / (1 - p)) - intercept) / slope;
  return {
    threshold: scoreAt(0.5),
    abstention: abstain > 0 ? [scoreAt(0.5 - abstain), scoreAt(0.5 + abstain)] : null,
    calibration: { method: 'platt', slope, intercept },
    realScoreQuantiles: realQuantiles(scored),
  };
}

const realQuantiles = ({ scores, labels }: Scored): readonly number[] =>
  equalSpacedQuantiles(
    scores.filter((_, i) => labels[i] === 0),
    QUANTILES,
  );

/** How many pictures of each set were learnt from and chosen by. */
export function summaryOf(data: TrainingData, { licence }: Pick<TrainingSettings, 'licence'>): ModelCard['trainingData'] {
  const sets = new Set([...data.train, ...data.validation].map(sample => sample.set));
  const parts = [
    ['train', data.train],
    ['validation', data.validation],
  ] as const;
  return [...sets].flatMap(set =>
    parts.map(([part, samples]) => {
      const own = samples.filter(sample => sample.set === set);
      return { name: `${set} (${part})`, real: own.filter(s => s.label === 0).length, synthetic: own.filter(s => s.label === 1).length, licence };
    }),
  );
}
