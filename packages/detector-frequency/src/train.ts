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
import { COPIES } from './copies.js';
import { FEATURE_COUNT, FEATURES, standardOf } from './features.js';
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
    return settings.on === 'tiles' ? trainTiles(data, settings, context, progress) : trainClassifier(data, settings, context, progress);
  },
};

/** The linear model of the statistics of tiles. */
async function trainTiles(
  data: TrainingData,
  settings: TrainingSettings,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Artifact> {
  const learners = context.learners!;
  const rows = await rowsOf(data.train, COPIES, settings.seed, context, progress, 'features of training pictures');
  const standard = await standardOf(context.kernels, rows.x, DEVIATION_FLOOR);
  const x = await standardised(rows.x, standard, context);
  progress({ phase: `fit (${settings.model})`, done: 0, total: 1 });
  const problem = { x, y: rows.y, sampleWeights: weightsOf(rows, settings), features: FEATURE_COUNT, signal: context.signal };
  const fitted = await solved(problem, settings, learners);
  progress({ phase: `fit (${settings.model})`, done: 1, total: 1 });
  const validation = await validationScores(data.validation, fitted, standard, settings, context, progress);
  const meaning = await meaningOf(validation, settings, learners);
  return artifactOf({ data, settings, rows, standard, fitted, meaning });
}

async function standardised(
  x: Float32Array,
  { mean, deviation }: { mean: Float32Array; deviation: Float32Array },
  { kernels }: DetectorContext,
): Promise<Float32Array> {
  const rows = kernels.tensor('f32', x, [x.length / FEATURE_COUNT, FEATURE_COUNT]);
  const [m, d] = [mean, deviation].map(values => kernels.tensor('f32', values, [FEATURE_COUNT]));
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
  fitted: LinearModel,
  standard: { mean: Float32Array; deviation: Float32Array },
  settings: TrainingSettings,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Scored> {
  const copies = COPIES.filter(copy => copy.name === 'stored' || copy.name === 'jpeg90').map(copy => ({ ...copy, weight: 1 }));
  const rows = await rowsOf(samples, copies, settings.seed, context, progress, 'features of validation pictures');
  const { kernels } = context;
  const x = kernels.tensor('f32', await standardised(rows.x, standard, context), [rows.y.length, FEATURE_COUNT]);
  const [w, b] = [kernels.tensor('f32', Float32Array.from(fitted.weights), [1, FEATURE_COUNT]), kernels.tensor('f32', Float32Array.from(fitted.bias), [1])];
  const logits = await kernels.linear(x, w, b);
  const scores = await kernels.read(logits);
  kernels.free(x, w, b, logits);
  return { scores, labels: rows.y, weights: weightsOf(rows, settings) };
}

interface Fit {
  readonly data: TrainingData;
  readonly settings: TrainingSettings;
  readonly rows: Rows;
  readonly standard: { mean: Float32Array; deviation: Float32Array };
  readonly fitted: LinearModel;
  readonly meaning: Meaning;
}

async function artifactOf({ data, settings, rows, standard, fitted, meaning }: Fit): Promise<Artifact> {
  const f32 = (values: Iterable<number>, shape: readonly number[]) => ({ dtype: 'f32', shape, data: Float32Array.from(values) }) as const;
  const bytes = writeSafetensors(
    new Map([
      ['mean', f32(standard.mean, [FEATURE_COUNT])],
      ['deviation', f32(standard.deviation, [FEATURE_COUNT])],
      ['weights', f32(fitted.weights, [FEATURE_COUNT])],
      ['bias', f32(fitted.bias, [1])],
      ['realSpectrum', f32(rows.realSpectrum, [SPECTRUM_TILE, SPECTRUM_TILE])],
    ]),
  );
  const card: ModelCard = {
    format: 1,
    detector: 'frequency',
    version: '1',
    method: `log-scaled DCT statistics and ${SOLVED_NAMES[settings.model as Solved]}, after Frank et al., ICML 2020`,
    preprocessing: { ...FEATURES, window: WINDOW, statistics: ['mean', 'population deviation'], features: FEATURE_COUNT, precision: 'float32' },
    labels: ['real', 'synthetic'],
    ...meaning,
    trainingData: summaryOf(data, settings),
    training: {
      ...linearSettings(settings),
      copies: COPIES.map(({ name, weight }) => ({ name, weight })),
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
