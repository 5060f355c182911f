import { type Kernels, type MaskHeads, seededRandom, type TrainingEpoch, type TrainingProgress } from '@syntrace/core';
import { headsOf, tensorsOf } from '../judge/groups.js';
import type { Heads } from '../model/heads.js';
import { beginWithMeans, beginWithNoise, classMean, scaleFor, stackedRows } from './begin.js';
import type { Row } from './cache.js';
import { HeadTrainer } from './head-trainer.js';
import type { TrainingSettings } from './options.js';

/** Rows that are judged together. */
const TOGETHER = 8;
/** Batches after which the norm's running statistics stand, before the first step of the recipe stored. */
const WARM_UP = 30;

type Sides = Pick<Heads, 'height' | 'width'>;

export interface GeneratorTask {
  readonly name: string;
  /** A number of its own, for what is drawn. */
  readonly stream: number;
  /** Its rows and those of the photographs. */
  readonly train: readonly Row[];
  readonly validation: readonly Row[];
  readonly sides: Sides;
}

/** One generator's mask: every batch has as many photographs as generated pictures; the epoch of least validation loss is taken (specification, section 7). */
export async function trainGenerator(
  { name, stream, train, validation, sides }: GeneratorTask,
  settings: TrainingSettings,
  { kernels, signal }: { readonly kernels: Kernels; readonly signal: AbortSignal },
  tell: (progress: TrainingProgress) => void,
): Promise<{ readonly heads: Heads; readonly epochs: readonly TrainingEpoch[] }> {
  const begun = await beginning(train, sides, settings, stream, kernels);
  if (settings.recipe === 'means') return { heads: begun, epochs: [] };
  const trainer = HeadTrainer.begin(kernels, begun);
  const random = seededRandom(settings.seed, `order/${name}`);
  const epochs: TrainingEpoch[] = [];
  const labels = labelsOf(validation);
  let [best, least] = [begun, Number.POSITIVE_INFINITY];
  try {
    if (settings.recipe === 'stored') least = lossOf(await logitsOf(begun, validation, kernels), labels);
    for (let epoch = 0; epoch < settings.epochs; epoch++) {
      const started = performance.now();
      const rate = settings.lr * settings.lr_decay ** epoch;
      const batches = batchesOf(train, settings.batch, random.fork(`${epoch}`));
      const sums = { loss: 0, gradient: 0 };
      for (const [i, batch] of batches.entries()) {
        signal.throwIfAborted();
        const spectra = stackedRows(batch, sides, kernels);
        const { loss, gradient } = await trainer.step(spectra, labelsOf(batch), rate);
        kernels.free(spectra);
        sums.loss += loss / batches.length;
        sums.gradient += gradient / batches.length;
        tell({ phase: `${name}, epoch ${epoch + 1} of ${settings.epochs}`, done: i + 1, total: batches.length });
      }
      const heads = await trainer.learnt();
      const scores = Float32Array.from(await logitsOf(heads, validation, kernels));
      const loss = lossOf(scores, labels);
      if (loss < least) [best, least] = [heads, loss];
      const steps = (epoch + 1) * batches.length;
      const seconds = (performance.now() - started) / 1000;
      epochs.push({ epoch: epoch + 1, steps, rate, ...sums, seconds, waited: 0, validation: [{ condition: 'validation', loss, labels, scores }] });
      if (settings.progress) tell({ phase: `${name}, epoch ${epoch + 1} of ${settings.epochs}`, done: 1, total: 1, epoch: epochs.at(-1)! });
    }
    return { heads: best, epochs };
  } finally {
    trainer.free();
  }
}

async function beginning(train: readonly Row[], sides: Sides, settings: TrainingSettings, stream: number, kernels: Kernels): Promise<Heads> {
  if (settings.recipe === 'published') return beginWithNoise(sides, settings, stream, kernels);
  const heads = settings.recipe === 'means' ? await classMean(train, sides, kernels) : await beginWithMeans(train, sides, kernels);
  return settled(heads, train, kernels);
}

export const labelsOf = (rows: readonly Row[]): Uint8Array => Uint8Array.from(rows, ({ sample }) => sample.label);

/** Logits of rows under heads, as in use: running statistics. */
export async function logitsOf(heads: Heads, rows: readonly Row[], kernels: Kernels): Promise<Float64Array> {
  const on = await headsOf([heads], kernels);
  try {
    return (await similarities(on, rows, heads, kernels)).logits;
  } finally {
    kernels.free(...tensorsOf(on));
  }
}

async function similarities(
  on: MaskHeads,
  rows: readonly Row[],
  sides: Sides,
  kernels: Kernels,
): Promise<{ readonly mean: Float64Array; readonly logits: Float64Array }> {
  const [mean, logits] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  for (let at = 0; at < rows.length; at += TOGETHER) {
    const spectra = stackedRows(rows.slice(at, at + TOGETHER), sides, kernels);
    const found = await kernels.maskSimilarity(spectra, on);
    const cosines = await kernels.read(found.cosines);
    logits.set(await kernels.read(found.logits), at);
    for (let i = 0; i < cosines.length / 3; i++) mean[at + i] = (cosines[3 * i]! + cosines[3 * i + 1]! + cosines[3 * i + 2]!) / 3;
    kernels.free(spectra, found.cosines, found.logits);
  }
  return { mean, logits };
}

/** Heads whose norm's running statistics and whose scale fit the training pictures. */
async function settled(heads: Heads, rows: readonly Row[], kernels: Kernels): Promise<Heads> {
  const trainer = HeadTrainer.begin(kernels, heads);
  const random = seededRandom(1, 'settled');
  try {
    for (let i = 0; i < WARM_UP; i++) {
      const batch = Array.from({ length: TOGETHER }, () => rows[random.below(rows.length)]!);
      const spectra = stackedRows(batch, heads, kernels);
      await trainer.observe(spectra, labelsOf(batch));
      kernels.free(spectra);
    }
    const { norm } = await trainer.learnt();
    const on = await headsOf([{ ...heads, norm }], kernels);
    const { mean } = await similarities(on, rows, heads, kernels);
    kernels.free(...tensorsOf(on));
    const of = (label: number) => {
      const own = [...mean].filter((_, i) => rows[i]!.sample.label === label);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    return { ...heads, norm, scale: scaleFor(of(0), of(1)) };
  } finally {
    trainer.free();
  }
}

/** An epoch draws as many as there are, with replacement, half of them real. */
function batchesOf(rows: readonly Row[], size: number, random: ReturnType<typeof seededRandom>): readonly (readonly Row[])[] {
  const classes = [0, 1].map(label => rows.filter(({ sample }) => sample.label === label));
  return Array.from({ length: Math.max(1, Math.ceil(rows.length / size)) }, () =>
    Array.from({ length: size }, (_, i) => {
      const members = classes[i % 2]!;
      return members[random.below(members.length)]!;
    }),
  );
}

/** The published choice: the mean loss of generated pictures and that of real ones, each as much as the other. */
function lossOf(logits: ArrayLike<number>, labels: Uint8Array): number {
  const [sums, counts] = [
    [0, 0],
    [0, 0],
  ];
  labels.forEach((label, i) => {
    const z = label === 1 ? -logits[i]! : logits[i]!;
    sums[label]! += Math.min(100, Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z))));
    counts[label]!++;
  });
  return (sums[0]! / counts[0]! + sums[1]! / counts[1]!) / 2;
}
