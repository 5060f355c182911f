import {
  BatchRun,
  type DetectorContext,
  type Image,
  Registry,
  SyntraceError,
  seededRandom,
  standardPlugin,
  type TrainingProgress,
  type TrainingSample,
} from '@syntrace/core';
import type { Copy } from './copies.js';
import { luminanceSpectrum } from './explain.js';
import { FEATURE_COUNT, featuresOf } from './features.js';
import { LEAST_SIDE } from './windows.js';

/** Feature rows of pictures, with what the fit needs of each row. */
export interface Rows {
  readonly x: Float32Array;
  readonly y: Uint8Array;
  readonly copyWeights: Float64Array;
  readonly samples: readonly TrainingSample[];
  /** Mean luma spectrum of the real pictures as stored. */
  readonly realSpectrum: Float32Array;
}

/** Sees every sample in every copy. Pictures that are too small to be judged are refused. O(samples · copies) decodes */
export async function rowsOf(
  samples: readonly TrainingSample[],
  copies: readonly Copy[],
  seed: number,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
  phase: string,
): Promise<Rows> {
  const x = new Float32Array(samples.length * copies.length * FEATURE_COUNT);
  const spectra = new Array<Float32Array | undefined>(samples.length);
  const registry = new Registry();
  registry.use(standardPlugin('0.0.0'));
  let done = 0;
  const seeIn = async (sample: TrainingSample, index: number) => {
    for (const [c, copy] of copies.entries()) {
      context.signal.throwIfAborted();
      const { image, windows } = await copy.open(sample, seededRandom(seed, `${copy.name}/${placeOf(sample)}`));
      checkSize(image);
      const run = new BatchRun(registry, context.kernels, context.logger, context.signal);
      try {
        const features = await featuresOf(image, windows, run);
        x.set(await context.kernels.read(features), (index * copies.length + c) * FEATURE_COUNT);
        context.kernels.free(features);
        if (c === 0 && sample.label === 0) spectra[index] = await luminanceSpectrum(image, run);
      } finally {
        await run.end();
      }
    }
    progress({ phase, done: ++done, total: samples.length });
  };
  await inParallel(samples, PARALLEL, seeIn);
  return {
    x,
    y: Uint8Array.from(samples.flatMap(sample => copies.map(() => sample.label))),
    copyWeights: Float64Array.from(samples.flatMap(() => copies.map(copy => copy.weight))),
    samples: samples.flatMap(sample => copies.map(() => sample)),
    realSpectrum: meanOf(spectra.filter(spectrum => spectrum !== undefined)),
  };
}

/** What is drawn for a picture depends on its place in the dataset, not on where the dataset lies. */
const placeOf = ({ set, group, label, uri }: TrainingSample): string => `${set}/${group}/${label}/${uri.split(/[\\/]/).at(-1)}`;

/** Decoding one picture overlaps with the kernels of another. */
const PARALLEL = 3;

/** After a failure nothing more is begun, and what is under way has ended before it is thrown. */
async function inParallel<T>(items: readonly T[], most: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      await work(items[index]!, index).catch((error: unknown) => {
        next = items.length;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: most }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

function checkSize({ width, height, source }: Image): void {
  if (Math.min(width, height) >= LEAST_SIDE) return;
  throw new SyntraceError('TRAINING_INVALID', { detail: `${source.uri} is ${width}×${height}, training pictures need ${LEAST_SIDE} samples a side` });
}

function meanOf(spectra: readonly Float32Array[]): Float32Array {
  const total = spectra.map(spectrum => Float64Array.from(spectrum)).reduce((sum, spectrum) => sum.map((value, i) => value + spectrum[i]!));
  return Float32Array.from(total, value => value / spectra.length);
}
