import {
  type Artifact,
  type DetectorContext,
  Registry,
  SyntraceError,
  standardPlugin,
  type Trainable,
  type TrainingData,
  type TrainingSample,
} from '@syntrace/core';
import { WAVELET } from '../model/model.js';
import { artifactOf, rounded } from './artifact.js';
import { sidesOf } from './begin.js';
import { type Row, trainingRows, validationRows } from './cache.js';
import { frontEndFor } from './denoiser.js';
import { trainGenerator } from './generator.js';
import { keepable, keptGenerator, type TrainedGenerator } from './kept.js';
import type { Looking } from './look.js';
import { settingsOf, TRAINING_OPTIONS, type TrainingSettings } from './options.js';

/** Trains a mask for each generator of the data on log spectra that are computed once for all of them. `artifact` gives the weights whose other generators may be kept. */
export const trainableWith = (artifact: (context: DetectorContext) => Promise<Artifact>): Trainable => ({
  options: TRAINING_OPTIONS,
  async fit(data, options, context, progress = () => {}) {
    const settings = settingsOf(options);
    if (!context.learners) throw new SyntraceError('TRAINING_INVALID', { detail: 'no learners are installed; add @syntrace/training' });
    const wanted = generatorsOf(data, settings);
    const { frontEnd, denoiser } = await frontEndFor(settings, context);
    const registry = new Registry();
    registry.use(standardPlugin('0.0.0'));
    const looking: Looking = { settings, registry, context, frontEnd, frontEndName: denoiser?.sha256 ?? WAVELET };
    try {
      const train = await trainingRows(ofGenerators(data.train, wanted), looking, progress);
      const validation = await validationRows(ofGenerators(data.validation, wanted), looking, progress);
      checkRows(wanted, train.rows, validation.rows, settings);
      const sides = sidesOf(settings.window, frontEnd.margin, settings.half);
      const trained = new Map<string, TrainedGenerator>();
      for (const [stream, name] of wanted.entries()) {
        const own = ({ sample }: Row) => sample.label === 0 || sample.group === name;
        const task = { name, stream, train: train.rows.filter(own), validation: validation.rows.filter(own), sides };
        const key = JSON.stringify([name, settings, task.train.length, task.validation.length]);
        const kept = await context.checkpoint?.get(key);
        const result = kept ? keptGenerator(kept, sides.height) : await trainGenerator(task, settings, context, progress);
        if (!kept) await context.checkpoint?.put(key, keepable(result));
        trained.set(name, { ...result, heads: await rounded(result.heads, settings, context.kernels) });
      }
      const before = settings.keep ? await artifact(context) : null;
      const leftOut = train.leftOut + validation.leftOut;
      return await artifactOf({ data, settings, trained, validation: validation.rows, denoiser, before, leftOut }, context);
    } finally {
      await frontEnd.close();
    }
  },
});

/** The generators of the training pictures, in their order. @throws TRAINING_INVALID without any, USAGE for one that is not there */
function generatorsOf({ train }: TrainingData, { classes }: TrainingSettings): readonly string[] {
  const all = [...new Set(train.flatMap(({ label, group }) => (label === 1 ? [group] : [])))].sort();
  const unknown = classes.find(name => !all.includes(name));
  if (unknown !== undefined) throw new SyntraceError('USAGE', { detail: `option classes names ${unknown}; the data have ${all.join(', ')}` });
  const wanted = classes.length > 0 ? classes : all;
  if (wanted.length === 0) throw new SyntraceError('TRAINING_INVALID', { detail: 'there are no synthetic training pictures' });
  return wanted;
}

const ofGenerators = (samples: readonly TrainingSample[], wanted: readonly string[]): readonly TrainingSample[] =>
  samples.filter(({ label, group }) => label === 0 || wanted.includes(group));

/** @throws TRAINING_INVALID for a generator, or photographs, without pictures of the window's size in either part */
function checkRows(wanted: readonly string[], train: readonly Row[], validation: readonly Row[], { window }: TrainingSettings): void {
  for (const [part, rows] of [
    ['training', train],
    ['validation', validation],
  ] as const) {
    const missing = wanted.find(name => !rows.some(({ sample }) => sample.label === 1 && sample.group === name));
    const what = rows.some(({ sample }) => sample.label === 0) ? missing : 'real photographs';
    if (what !== undefined)
      throw new SyntraceError('TRAINING_INVALID', { detail: `of ${what} there is no ${part} picture in colour of at least ${window}×${window} samples` });
  }
}
