import {
  type Artifact,
  type DetectorContext,
  type ModelCard,
  type ModelFile,
  type ModelRuntime,
  type Network,
  type RecordedRun,
  recordedInput,
  type StoredTensor,
  SyntraceError,
  seededRandom,
  sha256,
  type TrainingData,
  type TrainingProgress,
  type TrainingSample,
  withTensors,
  writeSafetensors,
} from '@syntrace/core';
import { standardOf } from '../features.js';
import { balanced, meaningOrPublishedRule, summaryOf } from '../training-card.js';
import { isSolved, type TrainingSettings } from '../training-options.js';
import { confusionOf } from './confusion.js';
import { learnt } from './learn.js';
import { channelsOf, EPS, type Preprocessing, STATISTICS_FILE, scoreOfLogits } from './meaning.js';
import { classifierNetwork } from './networks.js';
import { type ClassifierRows, classifierRows } from './rows.js';
import { linearSettings, SOLVED_NAMES, solved } from './solve.js';

/** Added to every deviation: a coefficient that is the same in every picture does no harm. */
const DEVIATION_FLOOR = 1e-3;
/** Values that a direct solver is given at most: it keeps them in float64, within 32 bits of addresses. */
const MOST_VALUES = 2 ** 28;
/** Rows that are standardised at once. */
const CHUNK = 64;

/** What a fit gives: a network with its weights, and notes for the card. */
export interface Fitted {
  readonly network: Network;
  readonly state: ReadonlyMap<string, StoredTensor<'f32'>>;
  readonly notes: Readonly<Record<string, unknown>>;
}

/** Standardised rows of a part of the data, with what the fit needs of each. */
export interface Part {
  readonly x: Float32Array;
  /** Classes from 0, real. */
  readonly y: Uint8Array;
  readonly weights: Float64Array;
  readonly samples: readonly TrainingSample[];
  readonly features: number;
}

/** Fits a classifier of whole windows: a linear one to its optimum, or a published one batch by batch. */
export async function trainClassifier(
  data: TrainingData,
  settings: TrainingSettings,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Artifact> {
  const models = context.models ?? refuse('this host runs no models; the result is one (@syntrace/model-runtime)');
  const preprocessing: Preprocessing = {
    input: settings.on === 'pixels' ? 'pixels' : 'log-dct',
    size: settings.size,
    colour: settings.grey ? 'grey' : 'rgb',
    eps: EPS,
  };
  const train = amountOf(data.train, settings);
  const classes = classNames(train, settings);
  const see = (samples: readonly TrainingSample[], phase: string) =>
    classifierRows(samples, { preprocessing, perturbed: settings.perturbed, seed: settings.seed }, context, progress, phase);
  const rows = await see(train, 'training pictures');
  const standard = await statisticsOf(rows, preprocessing, context);
  const part = async (from: ClassifierRows): Promise<Part> => {
    const y = Uint8Array.from(from.samples, sample => classIn(sample, classes));
    await standardise(from.x, standard, context);
    const weights = balanced(
      from.samples,
      sample => classIn(sample, classes),
      () => 1,
      settings,
    );
    return { x: from.x, y, weights, samples: from.samples, features: standard.mean.length };
  };
  const training = await part(rows);
  const validation = await part(await see(knownTo(classes, data.validation), 'validation pictures'));
  const outputs = classes?.length ?? 1;
  const sizes = { size: settings.size, channels: channelsOf(preprocessing), outputs };
  const fitted = isSolved(settings.model)
    ? await solvedClassifier(training, sizes, settings, context, progress)
    : await learnt({ training, validation, sizes, settings }, context, progress);
  const meaning = { preprocessing, classes, standard };
  return artifactOf({ data: { ...data, train }, settings, fitted, validation, ...meaning }, models, context);
}

const refuse = (detail: string): never => {
  throw new SyntraceError('TRAINING_INVALID', { detail });
};

/** So many pictures, drawn with the seed; each class keeps its share. */
function amountOf(samples: readonly TrainingSample[], { amount, seed }: TrainingSettings): readonly TrainingSample[] {
  if (amount === 0 || amount >= samples.length) return samples;
  const keys = samples.map((sample, i) => ({ sample, key: seededRandom(seed, `amount/${i}`).next() }));
  const parts = [0, 1].map(label => {
    const own = keys.filter(({ sample }) => sample.label === label).sort((a, b) => a.key - b.key);
    return own.slice(0, Math.max(1, Math.round((amount * own.length) / samples.length)));
  });
  return parts.flat().map(({ sample }) => sample);
}

/** `null` for two classes. */
function classNames(samples: readonly TrainingSample[], { classes }: TrainingSettings): readonly string[] | null {
  if (classes === 'two') return null;
  const generators = [...new Set(samples.filter(({ label }) => label === 1).map(({ group }) => group))].sort();
  if (generators.length < 2) return refuse(`there are no generators to tell apart: ${generators.join(', ') || 'none'}`);
  return ['real', ...generators];
}

const classIn = ({ label, group }: TrainingSample, classes: readonly string[] | null): number => (classes && label === 1 ? classes.indexOf(group) : label);

/** Validation pictures of a generator that was not learnt have no class. */
const knownTo = (classes: readonly string[] | null, samples: readonly TrainingSample[]): readonly TrainingSample[] =>
  samples.filter(sample => classIn(sample, classes) >= 0);

interface Standard {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** Of the real pictures as stored. */
  readonly real: Float32Array;
}

async function statisticsOf({ x, samples, copies }: ClassifierRows, preprocessing: Preprocessing, { kernels }: DetectorContext): Promise<Standard> {
  const features = channelsOf(preprocessing) * preprocessing.size ** 2;
  if (preprocessing.input === 'pixels') {
    const half = new Float32Array(features).fill(127.5);
    return { mean: half, deviation: half, real: half };
  }
  const real = samples.flatMap(({ label }, i) => (label === 0 && i % copies === 0 ? [x.subarray(i * features, (i + 1) * features)] : []));
  let moments = null;
  for (const row of real) {
    const tensor = kernels.tensor('f32', row, [1, features]);
    moments = await kernels.moments(moments, tensor);
    kernels.free(tensor);
  }
  return { ...(await standardOf(kernels, x, DEVIATION_FLOOR, features)), real: Float32Array.from(moments!.mean) };
}

/** In place, a few rows at a time. */
async function standardise(x: Float32Array, { mean, deviation }: Standard, { kernels }: DetectorContext): Promise<void> {
  const features = mean.length;
  await withTensors(kernels, async keep => {
    const [m, d] = [mean, deviation].map(values => keep(kernels.tensor('f32', values, [features]))) as [never, never];
    for (let at = 0; at < x.length; at += CHUNK * features) {
      const part = x.subarray(at, at + CHUNK * features);
      const rows = kernels.tensor('f32', part, [part.length / features, features]);
      const result = await kernels.standardize(rows, m, d);
      x.set(await kernels.read(result), at);
      kernels.free(rows, result);
    }
  });
}

async function solvedClassifier(
  { x, y, weights, features }: Part,
  sizes: Parameters<typeof classifierNetwork>[1],
  settings: TrainingSettings,
  { learners, signal }: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Fitted> {
  if (x.length > MOST_VALUES)
    refuse(`${y.length} rows of ${features} values are too many for a direct solver; give a smaller size or amount, or a published model (log2, …)`);
  const phase = `fit (${settings.model})`;
  progress({ phase, done: 0, total: 1 });
  const classes = sizes.outputs === 1 ? 2 : sizes.outputs;
  const fitted = await solved({ x, y, sampleWeights: weights, features, classes, signal }, settings, learners!);
  progress({ phase, done: 1, total: 1 });
  const state = new Map([
    ['dense.weight', { dtype: 'f32', shape: [sizes.outputs, features], data: Float32Array.from(fitted.weights) } as const],
    ['dense.bias', { dtype: 'f32', shape: [sizes.outputs], data: Float32Array.from(fitted.bias) } as const],
  ]);
  const noughts = fitted.weights.reduce((sum, weight) => sum + Number(weight === 0), 0);
  const notes = { ...linearSettings(settings), iterations: fitted.iterations, gradient: fitted.gradient, zeroWeights: noughts };
  return { network: classifierNetwork('linear', sizes), state, notes };
}

/** Seed of the recorded answer, and how far providers may differ from it. */
const [RECORD_SEED, TOLERANCE] = [1, 1e-3];

/** The network as `model.onnx`, its answer for the card, and the logits of the validation pictures. */
async function exported({ network, state }: Fitted, { x, y }: Part, planes: readonly number[], models: ModelRuntime) {
  const bytes = await models.exported(network, state);
  const file: ModelFile = { name: 'model.onnx', bytes, sha256: await sha256(bytes) };
  const session = await models.open(file);
  try {
    const run = { seed: RECORD_SEED, shape: [2, ...planes] };
    const answer = await session.run({ values: recordedInput(run) });
    const recorded: RecordedRun = { ...run, output: [...answer.logits!.data], tolerance: TOLERANCE };
    const { logits } = await session.run({ values: { dtype: 'f32', shape: [y.length, ...planes], data: x } });
    return { file, recorded, logits: logits!.data };
  } finally {
    await session.close();
  }
}

interface Made {
  readonly data: TrainingData;
  readonly settings: TrainingSettings;
  readonly fitted: Fitted;
  readonly validation: Part;
  readonly preprocessing: Preprocessing;
  readonly classes: readonly string[] | null;
  readonly standard: Standard;
}

async function artifactOf(made: Made, models: ModelRuntime, { learners, logger }: DetectorContext): Promise<Artifact> {
  const { data, settings, fitted, validation, preprocessing, classes, standard } = made;
  const { size } = preprocessing;
  const channels = channelsOf(preprocessing);
  const { file, recorded, logits } = await exported(fitted, validation, [channels, size, size], models);
  const width = logits.length / validation.y.length;
  const rows = Array.from(validation.y, (_, i) => logits.subarray(i * width, (i + 1) * width));
  const labels = validation.y.map(y => Math.min(1, y));
  // Real against synthetic, however many classes there are.
  const weights = balanced(
    validation.samples,
    ({ label }) => label,
    () => 1,
    settings,
  );
  const meaning = await meaningOrPublishedRule({ scores: Float32Array.from(rows, scoreOfLogits), labels, weights }, settings, learners!);
  if (!meaning.calibration) logger.warn('on the validation pictures higher scores do not mean synthetic: the published rule decides, without probabilities');
  const f32 = (values: Float32Array, sides: readonly number[]) => ({ dtype: 'f32', shape: sides, data: values }) as const;
  const planes = [channels, size, size];
  const arrays = [
    ...(preprocessing.input === 'pixels' ? [] : (['mean', 'deviation', 'real'] as const).map(name => [name, f32(standard[name], planes)] as const)),
    ...(fitted.network.name === 'linear' ? [['weights', f32(fitted.state.get('dense.weight')!.data, [width, ...planes])] as const] : []),
  ];
  const bytes = writeSafetensors(new Map(arrays));
  const beside = arrays.length > 0 ? new Map([[STATISTICS_FILE, bytes]]) : new Map<string, Uint8Array>();
  const confusion = confusionOf(validation.y, rows, classes ?? ['real', 'synthetic']);
  const name = isSolved(settings.model) ? SOLVED_NAMES[settings.model] : settings.model;
  const card: ModelCard = {
    format: 1,
    detector: 'frequency',
    version: '1',
    method: `${name} on ${preprocessing.input === 'pixels' ? 'pixels' : 'log-scaled DCT spectra'} of whole windows, after Frank et al., ICML 2020`,
    preprocessing: { ...preprocessing },
    labels: ['real', 'synthetic'],
    ...(classes && { classes }),
    ...meaning,
    trainingData: summaryOf(data, settings),
    training: { ...fitted.notes, perturbed: settings.perturbed, pictures: data.train.length },
    measured: { validation: confusion },
    licence: 'MIT',
    files: { [file.name]: file.sha256, ...(arrays.length > 0 && { [STATISTICS_FILE]: await sha256(bytes) }) },
    recorded,
  };
  return { card, files: new Map([[file.name, file.bytes], ...beside]) };
}
