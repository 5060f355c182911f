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
import { placeOf } from '../training-look.js';
import { inParallel, PARALLEL } from '../training-rows.js';
import { channelsOf, type Preprocessing } from './meaning.js';
import { drawnChange } from './perturbed.js';
import { valuesOf } from './values.js';

/** What a classifier learns from: a row of values for each picture, and one more for its perturbed copy. */
export interface ClassifierRows {
  /** [rows, channels · size · size] */
  readonly x: Float32Array;
  /** Whose row it is. */
  readonly samples: readonly TrainingSample[];
  /** Rows for each picture. */
  readonly copies: number;
}

export interface Seeing {
  readonly preprocessing: Preprocessing;
  readonly perturbed: boolean;
  readonly seed: number;
}

/** The middle windows of pictures, as stored and, where wanted, perturbed. O(pictures) decodes. @throws TRAINING_INVALID for a picture that is too small */
export async function classifierRows(
  samples: readonly TrainingSample[],
  { preprocessing, perturbed, seed }: Seeing,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
  phase: string,
): Promise<ClassifierRows> {
  const copies = perturbed ? 2 : 1;
  const features = channelsOf(preprocessing) * preprocessing.size ** 2;
  const x = new Float32Array(samples.length * copies * features);
  const registry = new Registry();
  registry.use(standardPlugin('0.0.0'));
  let done = 0;
  await inParallel(samples, PARALLEL, async (sample, index) => {
    for (let copy = 0; copy < copies; copy++) {
      context.signal.throwIfAborted();
      const changes = copy === 0 ? [] : [drawnChange(seededRandom(seed, `perturbed/${placeOf(sample)}`), seed)];
      const image = await sample.open(changes);
      const run = new BatchRun(registry, context.kernels, context.logger, context.signal);
      try {
        const values = await valuesOf(image, [middleOf(image, preprocessing)], preprocessing, run);
        x.set(await context.kernels.read(values), (index * copies + copy) * features);
      } finally {
        await run.end();
      }
    }
    progress({ phase, done: ++done, total: samples.length });
  });
  return { x, samples: samples.flatMap(sample => Array.from({ length: copies }, () => sample)), copies };
}

/** At a multiple of 16, so that windows keep the phase of 8×8 and 16×16 lattices. */
function middleOf({ width, height, source }: Image, { size }: Preprocessing): Window {
  if (Math.min(width, height) < size)
    throw new SyntraceError('TRAINING_INVALID', { detail: `${source.uri} is ${width}×${height}, training pictures need ${size} samples a side` });
  const at = (side: number) => Math.floor((side - size) / 32) * 16;
  return { x: at(width), y: at(height), width: size, height: size };
}
