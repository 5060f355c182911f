import { Registry, standardPlugin, type TrainingProgress, type TrainingSample } from '@syntrace/core';
import { type Looking, lookAt } from './training-look.js';

/** Feature rows of pictures, with what the fit needs of each row. */
export interface Rows {
  readonly x: Float32Array;
  readonly y: Uint8Array;
  readonly copyWeights: Float64Array;
  readonly samples: readonly TrainingSample[];
  /** Mean luma spectrum of the real pictures as stored, where the features keep it. */
  readonly realSpectrum: Float32Array | null;
}

/** Sees every sample in every copy. Pictures that are too small to be judged are refused. O(samples · copies) decodes */
export async function rowsOf(
  samples: readonly TrainingSample[],
  how: Omit<Looking, 'registry'>,
  progress: (p: TrainingProgress) => void,
  phase: string,
): Promise<Rows> {
  const { copies, set } = how;
  const x = new Float32Array(samples.length * copies.length * set.count);
  const spectra = new Array<Float32Array | null>(samples.length).fill(null);
  const registry = new Registry();
  registry.use(standardPlugin('0.0.0'));
  let done = 0;
  await inParallel(samples, PARALLEL, async (sample, index) => {
    const { features, spectrum } = await lookAt(sample, { ...how, registry });
    x.set(features, index * features.length);
    spectra[index] = spectrum;
    progress({ phase, done: ++done, total: samples.length });
  });
  return {
    x,
    y: Uint8Array.from(samples.flatMap(sample => copies.map(() => sample.label))),
    copyWeights: Float64Array.from(samples.flatMap(() => copies.map(copy => copy.weight))),
    samples: samples.flatMap(sample => copies.map(() => sample)),
    realSpectrum: set.realSpectrum ? meanOf(spectra.filter(spectrum => spectrum !== null)) : null,
  };
}

/** Decoding one picture overlaps with the kernels of another. */
export const PARALLEL = 3;

/** After a failure nothing more is begun, and what is under way has ended before it is thrown. */
export async function inParallel<T>(items: readonly T[], most: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
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

function meanOf(spectra: readonly Float32Array[]): Float32Array {
  const total = spectra.map(spectrum => Float64Array.from(spectrum)).reduce((sum, spectrum) => sum.map((value, i) => value + spectrum[i]!));
  return Float32Array.from(total, value => value / spectra.length);
}
