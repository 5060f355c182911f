import {
  type Artifact,
  type DetectorContext,
  equalSpacedQuantiles,
  type Learners,
  type LinearModel,
  type ModelCard,
  SyntraceError,
  sha256,
  type Trainable,
  type TrainingData,
  type TrainingProgress,
  type TrainingSample,
  writeSafetensors,
} from '@syntrace/core';
import { COPIES } from './copies.js';
import { FEATURE_COUNT, FEATURES, standardOf } from './features.js';
import { SPECTRUM_TILE, WEIGHTS_FILE } from './model.js';
import { settingsOf, TRAINING_OPTIONS, type TrainingSettings } from './training-options.js';
import { type Rows, rowsOf } from './training-rows.js';
import { WINDOW } from './windows.js';

/** Added to every deviation, so that a constant feature does no harm. */
const DEVIATION_FLOOR = 1e-3;
const QUANTILES = 101;

/** Fits the linear model on `train`; calibration, threshold and quantiles come from `validation` alone. */
export const trainable: Trainable = {
  options: TRAINING_OPTIONS,
  async fit(data, options, context, progress = () => {}) {
    const settings = settingsOf(options);
    const learners = context.learners ?? missingLearners();
    checkData(data, settings);
    const rows = await rowsOf(data.train, COPIES, settings.seed, context, progress, 'features of training pictures');
    const standard = await standardOf(context.kernels, rows.x, DEVIATION_FLOOR);
    const x = await standardised(rows.x, standard, context);
    progress({ phase: `fit (${settings.model})`, done: 0, total: 1 });
    const fitted = await learners[settings.model]({
      x,
      y: rows.y,
      sampleWeights: weightsOf(rows, settings),
      features: FEATURE_COUNT,
      l2: settings.l2,
      signal: context.signal,
    });
    progress({ phase: `fit (${settings.model})`, done: 1, total: 1 });
    const validation = await validationScores(data.validation, fitted, standard, settings, context, progress);
    const meaning = await meaningOf(validation, settings, learners);
    return artifactOf({ data, settings, rows, standard, fitted, meaning });
  },
};

const missingLearners = (): never => {
  throw new SyntraceError('TRAINING_INVALID', { detail: 'no learners are installed; add @syntrace/training' });
};

function checkData({ train, validation }: TrainingData, { setWeights }: TrainingSettings): void {
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

/** Copy weight · set weight / pictures of that class in that set: classes are balanced within each set. */
function weightsOf({ samples, copyWeights }: Rows, { setWeights }: TrainingSettings): Float64Array {
  const keyOf = (sample: TrainingSample) => `${sample.label} ${sample.set}`;
  const counts = new Map<string, number>();
  for (const sample of samples) counts.set(keyOf(sample), (counts.get(keyOf(sample)) ?? 0) + 1);
  return copyWeights.map((weight, i) => (weight * (setWeights.get(samples[i]!.set) ?? 1)) / counts.get(keyOf(samples[i]!))!);
}

interface Validation {
  readonly scores: Float32Array;
  readonly rows: Rows;
}

/** Scores of validation pictures as stored and after JPEG 90, in the middle window. */
async function validationScores(
  samples: readonly TrainingSample[],
  fitted: LinearModel,
  standard: { mean: Float32Array; deviation: Float32Array },
  { seed }: TrainingSettings,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Validation> {
  const copies = COPIES.filter(copy => copy.name === 'stored' || copy.name === 'jpeg90').map(copy => ({ ...copy, weight: 1 }));
  const rows = await rowsOf(samples, copies, seed, context, progress, 'features of validation pictures');
  const { kernels } = context;
  const x = kernels.tensor('f32', await standardised(rows.x, standard, context), [rows.y.length, FEATURE_COUNT]);
  const [w, b] = [kernels.tensor('f32', Float32Array.from(fitted.weights), [1, FEATURE_COUNT]), kernels.tensor('f32', Float32Array.of(fitted.bias), [1])];
  const logits = await kernels.linear(x, w, b);
  const scores = await kernels.read(logits);
  kernels.free(x, w, b, logits);
  return { scores, rows };
}

type Meaning = Pick<ModelCard, 'threshold' | 'abstention' | 'calibration' | 'realScoreQuantiles'>;

/** Platt calibration with balanced classes; the threshold is where the probability is one half. */
async function meaningOf({ scores, rows }: Validation, settings: TrainingSettings, learners: Learners): Promise<Meaning> {
  const platt = await learners.logistic({ x: scores, y: rows.y, sampleWeights: weightsOf(rows, settings), features: 1, l2: 1e-9 });
  const [slope, intercept] = [platt.weights[0]!, platt.bias];
  if (!(slope > 0)) throw new SyntraceError('TRAINING_INVALID', { detail: 'on the validation pictures the scores do not tell the classes apart' });
  const scoreAt = (p: number) => (Math.log(p / (1 - p)) - intercept) / slope;
  return {
    threshold: scoreAt(0.5),
    abstention: settings.abstain > 0 ? [scoreAt(0.5 - settings.abstain), scoreAt(0.5 + settings.abstain)] : null,
    calibration: { method: 'platt', slope, intercept },
    realScoreQuantiles: equalSpacedQuantiles(
      scores.filter((_, i) => rows.y[i] === 0),
      QUANTILES,
    ),
  };
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
      ['bias', f32([fitted.bias], [1])],
      ['realSpectrum', f32(rows.realSpectrum, [SPECTRUM_TILE, SPECTRUM_TILE])],
    ]),
  );
  const card: ModelCard = {
    format: 1,
    detector: 'frequency',
    version: '1',
    method: `log-scaled DCT statistics and ${settings.model === 'logistic' ? 'L2-penalised logistic regression' : 'ridge regression (least squares)'}, after Frank et al., ICML 2020`,
    preprocessing: { ...FEATURES, window: WINDOW, statistics: ['mean', 'population deviation'], features: FEATURE_COUNT, precision: 'float32' },
    labels: ['real', 'synthetic'],
    ...meaning,
    trainingData: summaryOf(data, settings),
    training: {
      ...settings,
      setWeights: Object.fromEntries(settings.setWeights),
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

function summaryOf(data: TrainingData, { licence }: TrainingSettings): ModelCard['trainingData'] {
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
