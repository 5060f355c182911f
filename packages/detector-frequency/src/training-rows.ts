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
  type Window,
} from '@syntrace/core';
import type { Copy } from './copies.js';
import { luminanceSpectrum } from './explain.js';
import { FEATURE_COUNT, featuresOf } from './features.js';

/** Feature rows of pictures, with what the fit needs of each row. */
export interface Rows {
  readonly x: Float32Array;
  readonly y: Uint8Array;
  readonly copyWeights: Float64Array;
  readonly samples: readonly TrainingSample[];
  /** Mean luma spectrum of the real pictures as stored. */
  readonly realSpectrum: Float32Array;
}

/** Sees every sample in every copy. Pictures too small for a window are refused. O(samples · copies) decodes */
export async function rowsOf(
  samples: readonly TrainingSample[],
  copies: readonly Copy[],
  seed: number,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
  phase: string,
): Promise<Rows> {
  const x = new Float32Array(samples.length * copies.length * FEATURE_COUNT);
  const spectra: Float32Array[] = [];
  const registry = new Registry();
  registry.use(standardPlugin('0.0.0'));
  let done = 0;
  const seeIn = async (sample: TrainingSample, index: number) => {
    for (const [c, copy] of copies.entries()) {
      context.signal.throwIfAborted();
      const { image, windows } = await copy.open(sample, seededRandom(seed, `${copy.name}/${sample.set}/${sample.uri}`));
      checkWindow(image, windows);
      const run = new BatchRun(registry, context.kernels, context.logger, context.signal);
      try {
        const features = await featuresOf(image, windows, run);
        x.set(await context.kernels.read(features), (index * copies.length + c) * FEATURE_COUNT);
        context.kernels.free(features);
        if (c === 0 && sample.label === 0) spectra.push(await luminanceSpectrum(image, run));
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
    realSpectrum: meanOf(spectra),
  };
}

/** Decoding one picture overlaps with the kernels of another. */
const PARALLEL = 3;

async function inParallel<T>(items: readonly T[], most: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
}

function checkWindow(image: Image, windows: readonly Window[]): void {
  if (windows.every(w => w.width >= 64 && w.height >= 64)) return;
  throw new SyntraceError('TRAINING_INVALID', { detail: `${image.source.uri} is ${image.width}×${image.height}, training pictures need 128 samples a side` });
}

/** In a fixed order, so that parallel work does not change the sum. */
function meanOf(spectra: readonly Float32Array[]): Float32Array {
  const sums = spectra.map(s => Array.from(s)).sort((a, b) => a[0]! - b[0]!);
  const total = sums.reduce((sum, spectrum) => sum.map((value, i) => value + spectrum[i]!));
  return Float32Array.from(total, value => value / spectra.length);
}
