import {
  type Artifact,
  type DetectorContext,
  equalSpacedQuantiles,
  type Kernels,
  type Learners,
  logistic,
  type ModelCard,
  quantileOf,
  readSafetensors,
  type ScoreMeaning,
  type StoredTensor,
  sha256,
  type TrainingData,
  type TrainingSample,
  writeSafetensors,
} from '@syntrace/core';
import { type Heads, readHeads, steppedHeads, wholeHeads } from '../model/heads.js';
import { DETECTOR_ID, type DenoiserCards, MASKS_FILE, WAVELET, type WindowCard } from '../model/model.js';
import type { Row } from './cache.js';
import type { Denoiser } from './denoiser.js';
import { labelsOf, logitsOf } from './generator.js';
import type { TrainedGenerator } from './kept.js';
import type { TrainingSettings } from './options.js';

const QUANTILES = 101;

export interface Trained {
  readonly data: TrainingData;
  readonly settings: TrainingSettings;
  /** By generator. */
  readonly trained: ReadonlyMap<string, TrainedGenerator>;
  readonly validation: readonly Row[];
  readonly denoiser: Denoiser | null;
  /** Weights whose other generators stay. */
  readonly before: Artifact | null;
  readonly leftOut: number;
}

type Entries = ReadonlyMap<string, StoredTensor>;

/** Heads as the file will give them back: masks instead of logits, in 256 steps if so wished. */
export async function rounded(heads: Heads, { precision }: TrainingSettings, kernels: Kernels): Promise<Heads> {
  if (precision === 'f32') return heads;
  const logits = kernels.tensor('f32', heads.masks, [1, 3, heads.height, heads.width]);
  const masks = await kernels.maskOfLogits(logits);
  const smooth = { ...heads, logits: false, masks: await kernels.read(masks) };
  kernels.free(logits, masks);
  const refuse = (detail: string): never => {
    throw new Error(detail);
  };
  return readHeads(new Map(steppedHeads('rounded', smooth)), 'rounded', heads.height, refuse);
}

/** Masks, denoiser and card; what scores mean comes from the validation pictures alone. */
export async function artifactOf(all: Trained, { kernels, learners }: DetectorContext): Promise<Artifact> {
  const { data, settings, trained, validation, denoiser, before, leftOut } = all;
  const { window } = settings;
  const kept = before && keptParts(before, window, trained);
  const entries = new Map<string, StoredTensor>(kept?.entries);
  const frontEnd = denoiser?.name ?? WAVELET;
  const standardised: Float64Array[] = [];
  const generators: WindowCard['generators'][number][] = [];
  for (const [name, { heads }] of trained) {
    const logits = await logitsOf(heads, validation, kernels);
    const negatives = logits.filter((_, i) => validation[i]!.sample.label === 0);
    const real = spreadOf(negatives);
    generators.push({ name, frontEnd, real });
    standardised.push(logits.map(z => (z - real.mean) / real.deviation));
    const complete = { ...heads, negatives: negatives.map(logistic).sort() };
    for (const [key, tensor] of (settings.precision === 'steps' ? steppedHeads : wholeHeads)(`${window}.${name}`, complete)) entries.set(key, tensor);
  }
  const scores = Float64Array.from(validation, (_, i) => Math.max(...standardised.map(each => each[i]!)));
  const own: WindowCard = {
    window,
    // Generators that stay were weighed with all of theirs.
    meaning: kept?.beside?.meaning ?? (await meaningOf(scores, labelsOf(validation), settings, learners!)),
    generators: [...(kept?.beside?.generators ?? []), ...generators],
  };
  const windows = [own, ...(kept?.windows ?? [])].toSorted((a, b) => b.window - a.window);
  const files = new Map([[MASKS_FILE, writeSafetensors(entries)], ...(denoiser ? [[denoiser.name, denoiser.bytes] as const] : []), ...(kept?.files ?? [])]);
  const denoisers: DenoiserCards = { ...kept?.denoisers, ...(denoiser && { [denoiser.name]: { margin: denoiser.margin, recorded: denoiser.recorded } }) };
  const sums = await Promise.all([...files].map(async ([name, bytes]) => [name, await sha256(bytes)] as const));
  return { card: cardOf({ all, windows, denoisers, files: Object.fromEntries(sums), data, leftOut }), files };
}

/** What stays of weights: windows of other sizes, generators beside those that were trained, and the denoisers that they name. */
function keptParts({ card, files }: Artifact, window: number, trained: ReadonlyMap<string, TrainedGenerator>) {
  const { windows, denoisers } = card.preprocessing as unknown as { readonly windows: readonly WindowCard[]; readonly denoisers: DenoiserCards };
  const others = windows.filter(each => each.window !== window);
  const same = windows.find(each => each.window === window);
  const staying = same?.generators.filter(({ name }) => !trained.has(name)) ?? [];
  const beside = same && staying.length > 0 ? { ...same, generators: staying } : null;
  const names = new Set([...others, ...(beside ? [beside] : [])].flatMap(each => each.generators.map(({ name }) => `${each.window}.${name}`)));
  const all = readSafetensors(files.get(MASKS_FILE)!, MASKS_FILE);
  const entries: Entries = new Map([...all].filter(([key]) => names.has(key.slice(0, key.lastIndexOf('.')))));
  const used = [...others, ...(beside ? [beside] : [])].flatMap(({ generators }) => generators.map(({ frontEnd }) => frontEnd));
  const staysFile = ([name]: readonly [string, unknown]) => used.includes(name);
  return {
    windows: others,
    beside,
    entries,
    files: [...files].filter(staysFile),
    denoisers: Object.fromEntries(Object.entries(denoisers).filter(staysFile)),
    trainingData: card.trainingData,
    training: card.training,
  };
}

function spreadOf(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.max(1e-9, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)) };
}

/** The threshold leaves the wanted share of real pictures below it; probabilities by Platt's method with balanced classes, none where higher scores do not mean synthetic. */
async function meaningOf(scores: Float64Array, labels: Uint8Array, { real_accuracy }: TrainingSettings, learners: Learners): Promise<ScoreMeaning> {
  const synthetic = labels.reduce((sum, label) => sum + label, 0);
  const sampleWeights = Float64Array.from(labels, label => 1 / (label === 1 ? synthetic : labels.length - synthetic));
  const platt = await learners.logistic({ x: Float32Array.from(scores), y: labels, sampleWeights, features: 1, l2: 1e-9 });
  const [slope, intercept] = [platt.weights[0]!, platt.bias[0]!];
  const real = scores.filter((_, i) => labels[i] === 0).sort();
  return {
    threshold: quantileOf(real, real_accuracy),
    abstention: null,
    calibration: slope > 0 ? { method: 'platt', slope, intercept } : null,
    realScoreQuantiles: equalSpacedQuantiles(real, QUANTILES),
  };
}

interface CardParts {
  readonly all: Trained;
  readonly windows: readonly WindowCard[];
  readonly denoisers: DenoiserCards;
  readonly files: ModelCard['files'];
  readonly data: TrainingData;
  readonly leftOut: number;
}

function cardOf({ all: { trained, settings, before }, windows, denoisers, files, data, leftOut }: CardParts): ModelCard {
  const { licence, window } = settings;
  const epochs = Object.fromEntries(
    [...trained].map(([name, each]) => [
      name,
      each.epochs.map(({ loss, validation }) => [loss, validation[0]!.loss].map(value => Number(value.toPrecision(4)))),
    ]),
  );
  return {
    format: 1,
    detector: DETECTOR_ID,
    version: '1',
    method: 'masked spectrum similarity, after Li et al., CVPR workshops 2024 (weights trained by `syntrace train masksim`)',
    preprocessing: {
      crop: 'centre, corner on multiples of 8 samples; never resized',
      planes: 'Y, Cb, Cr of BT.601 in studio range, truncated to whole levels',
      spectrum: 'ln(|orthonormal FFT| + 1e-10) of the residual',
      windows,
      denoisers,
    },
    labels: ['real', 'synthetic'],
    ...windows[0]!.meaning,
    trainingData: [...(before && settings.keep ? before.card.trainingData : []), ...summaryOf(data, licence)],
    training: {
      ...(before && settings.keep ? before.card.training : {}),
      [`${window}`]: { ...settings, leftOut, losses: 'of each epoch: training, validation', epochs },
    },
    measured: {},
    licence: 'MIT',
    files,
  };
}

function summaryOf({ train, validation }: TrainingData, licence: string): ModelCard['trainingData'] {
  const count = (samples: readonly TrainingSample[], label: number) => samples.filter(sample => sample.label === label).length;
  const sets = [...new Set([...train, ...validation].map(({ set }) => set))];
  return sets.flatMap(set =>
    Object.entries({ train, validation }).map(([part, samples]) => {
      const own = samples.filter(sample => sample.set === set);
      return { name: `${set} (${part})`, real: count(own, 0), synthetic: count(own, 1), licence };
    }),
  );
}
