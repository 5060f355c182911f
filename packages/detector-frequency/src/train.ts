import {
  type Artifact,
  type DetectorContext,
  type LinearModel,
  type ModelCard,
  sha256,
  type Trainable,
  type TrainingData,
  type TrainingProgress,
  type TrainingSample,
  writeSafetensors,
} from '@syntrace/core';
import { linearSettings, SOLVED_NAMES, solved } from './classifier/solve.js';
import { trainClassifier } from './classifier/train.js';
import { COPIES, type Copy } from './copies.js';
import { type FeatureSet, standardOf, TILES } from './features.js';
import { SPECTRUM_TILE, WEIGHTS_FILE } from './model.js';
import { balanced, checkData, type Meaning, meaningOf, missingLearners, type Scored, summaryOf } from './training-card.js';
import { type Solved, settingsOf, TRAINING_OPTIONS, type TrainingSettings } from './training-options.js';
import { type Rows, rowsOf } from './training-rows.js';
import { WINDOW } from './windows.js';

/** Added to every deviation, so that a constant feature does no harm. */
const DEVIATION_FLOOR = 1e-3;

/** Fits on `train`; calibration, threshold and quantiles come from `validation` alone. */
export const trainable: Trainable = {
  options: TRAINING_OPTIONS,
  async fit(data, options, context, progress = () => {}) {
    const settings = settingsOf(options);
    if (!context.learners) missingLearners();
    checkData(data, settings);
    return settings.on === 'tiles'
      ? trainLinear(data, settings, { set: TILES, copies: COPIES }, context, progress)
      : trainClassifier(data, settings, context, progress);
  },
};

/** What a linear model is fitted on, and how training pictures are seen. */
export interface Seen {
  readonly set: FeatureSet;
  readonly copies: readonly Copy[];
}

/** The linear model of features of windows. */
export async function trainLinear(
  data: TrainingData,
  settings: TrainingSettings,
  seen: Seen,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Artifact> {
  const learners = context.learners!;
  const rows = await rowsOf(data.train, { ...seen, seed: settings.seed, context }, progress, 'features of training pictures');
  const standard = await standardOf(context.kernels, rows.x, DEVIATION_FLOOR, seen.set.count);
  const x = await standardised(rows.x, standard, context);
  progress({ phase: `fit (${settings.model})`, done: 0, total: 1 });
  const problem = { x, y: rows.y, sampleWeights: weightsOf(rows, settings), features: seen.set.count, signal: context.signal };
  const fitted = await solved(problem, settings, learners);
  progress({ phase: `fit (${settings.model})`, done: 1, total: 1 });
  const validation = await validationScores(data.validation, { fitted, standard, settings, seen }, context, progress);
  const meaning = await meaningOf(validation, settings, learners);
  return artifactOf({ data, settings, seen, rows, standard, fitted, meaning });
}

async function standardised(
  x: Float32Array,
  { mean, deviation }: { mean: Float32Array; deviation: Float32Array },
  { kernels }: DetectorContext,
): Promise<Float32Array> {
  const rows = kernels.tensor('f32', x, [x.length / mean.length, mean.length]);
  const [m, d] = [mean, deviation].map(values => kernels.tensor('f32', values, [mean.length]));
  const result = await kernels.standardize(rows, m!, d!);
  const values = await kernels.read(result);
  kernels.free(rows, m!, d!, result);
  return values;
}

const weightsOf = ({ samples, copyWeights }: Rows, settings: TrainingSettings): Float64Array =>
  balanced(
    samples,
    ({ label }) => label,
    i => copyWeights[i]!,
    settings,
  );

/** Scores of validation pictures as stored and after JPEG 90, in the middle window. */
async function validationScores(
  samples: readonly TrainingSample[],
  { fitted, standard, settings, seen }: Pick<Fit, 'fitted' | 'standard' | 'settings' | 'seen'>,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Scored> {
  const { set } = seen;
  const copies = COPIES.filter(copy => copy.name === 'stored' || copy.name === 'jpeg90').map(copy => ({ ...copy, weight: 1 }));
  const rows = await rowsOf(samples, { set, copies, seed: settings.seed, context }, progress, 'features of validation pictures');
  const { kernels } = context;
  const x = kernels.tensor('f32', await standardised(rows.x, standard, context), [rows.y.length, set.count]);
  const [w, b] = [kernels.tensor('f32', Float32Array.from(fitted.weights), [1, set.count]), kernels.tensor('f32', Float32Array.from(fitted.bias), [1])];
  const logits = await kernels.linear(x, w, b);
  const scores = await kernels.read(logits);
  kernels.free(x, w, b, logits);
  return { scores, labels: rows.y, weights: weightsOf(rows, settings) };
}

interface Fit {
  readonly data: TrainingData;
  readonly settings: TrainingSettings;
  readonly seen: Seen;
  readonly rows: Rows;
  readonly standard: { mean: Float32Array; deviation: Float32Array };
  readonly fitted: LinearModel;
  readonly meaning: Meaning;
}

async function artifactOf({ data, settings, seen: { set, copies }, rows, standard, fitted, meaning }: Fit): Promise<Artifact> {
  const f32 = (values: Iterable<number>, shape: readonly number[]) => ({ dtype: 'f32', shape, data: Float32Array.from(values) }) as const;
  const tensors = new Map([
    ['mean', f32(standard.mean, [set.count])],
    ['deviation', f32(standard.deviation, [set.count])],
    ['weights', f32(fitted.weights, [set.count])],
    ['bias', f32(fitted.bias, [1])],
  ]);
  if (rows.realSpectrum) tensors.set('realSpectrum', f32(rows.realSpectrum, [SPECTRUM_TILE, SPECTRUM_TILE]));
  const bytes = writeSafetensors(tensors);
  const card: ModelCard = {
    format: 1,
    detector: set.detector,
    version: '1',
    method: `${set.method}; ${SOLVED_NAMES[settings.model as Solved]}`,
    preprocessing: { ...set.preprocessing, window: WINDOW, features: set.count, precision: 'float32' },
    labels: ['real', 'synthetic'],
    ...meaning,
    trainingData: summaryOf(data, settings),
    training: {
      ...linearSettings(settings),
      copies: copies.map(({ name, weight }) => ({ name, weight })),
      rows: rows.y.length,
      iterations: fitted.iterations,
      gradient: fitted.gradient,
    },
    measured: {},
    licence: 'MIT',
    files: { [WEIGHTS_FILE]: await sha256(bytes) },
  };
  return { card, files: new Map([[WEIGHTS_FILE, bytes]]) };
}
