import { type Image, seededRandom, type TrainingProgress, type TrainingSample } from '@syntrace/core';
import { compression, type Looking, spectraOf, trainingChanges, validationChanges } from './look.js';

/** Log spectra of one look at a picture. */
export interface Row {
  readonly sample: TrainingSample;
  readonly spectra: Float32Array;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Pictures below the window, and grey ones. */
  readonly leftOut: number;
}

type Tell = (progress: TrainingProgress) => void;

/** Looks at training pictures, whose spectra every generator's mask is trained on. */
export const trainingRows = (samples: readonly TrainingSample[], looking: Looking, tell: Tell): Promise<Rows> => {
  const { settings } = looking;
  const random = seededRandom(settings.seed, 'look');
  const looks = Array.from({ length: settings.looks }, (_, i) => i);
  return rowsOf(
    samples,
    (sample, stored) => looks.map(look => trainingChanges(stored, sample, settings, random.fork(`${sample.uri}/${look}`))),
    looking,
    tell,
    'spectra of training pictures',
  );
};

/** The middle of validation pictures, as stored and compressed at random. */
export const validationRows = (samples: readonly TrainingSample[], looking: Looking, tell: Tell): Promise<Rows> => {
  const { settings } = looking;
  const random = seededRandom(settings.seed, 'validation');
  const looks = (sample: TrainingSample, stored: Image) => {
    const passes = compression({ ...settings, compression_prob: 1 }, random.fork(sample.uri));
    return [[], ...(passes.length > 0 ? [passes] : [])].map(each => validationChanges(stored, settings, each));
  };
  return rowsOf(samples, looks, looking, tell, 'spectra of validation pictures');
};

async function rowsOf(
  samples: readonly TrainingSample[],
  looksOf: (sample: TrainingSample, stored: Image) => readonly (readonly Parameters<TrainingSample['open']>[0][])[number][],
  looking: Looking,
  tell: Tell,
  phase: string,
): Promise<Rows> {
  const rows: Row[] = [];
  let leftOut = 0;
  for (const [i, sample] of samples.entries()) {
    looking.context.signal.throwIfAborted();
    const stored = await sample.open();
    if (Math.min(stored.width, stored.height) < looking.settings.window) leftOut++;
    else
      for (const changes of looksOf(sample, stored)) {
        const spectra = await spectraOf(sample, stored, changes ?? [], looking);
        if (spectra) rows.push({ sample, spectra });
        else leftOut++;
      }
    tell({ phase, done: i + 1, total: samples.length });
  }
  return { rows, leftOut };
}
