import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { baselineDetector, type Method, type MethodId, parameterKey, settingsOf } from '@syntrace/baselines';
import { type Artifact, SyntraceError } from '@syntrace/core';
import { type Dataset, trainingDataOf } from '@syntrace/datasets';
import { interruptSignal } from '../interrupt.js';
import { openSession } from '../open-session.js';
import { prepareFolder } from '../output/prepare.js';
import { phases } from '../phases.js';
import { accuracyOn, sayAccuracy } from './accuracy.js';
import { type BaselineCommandOptions, datasetsIn, type LookOptions, lookIn, methodNamed, type ParameterOptions, parametersIn, withJobs } from './choices.js';

type TrainOptions = BaselineCommandOptions & LookOptions & ParameterOptions<number>;

/** Published names: eigenfaces has short ones. */
function classifierName({ name }: Dataset, method: Method, parameters: Readonly<Record<string, number>>): string {
  const own = method.id === 'eigenfaces' ? `v.${parameters.pca_target_variance}_c.${parameters.C}` : parameterKey(method, parameters);
  return `classifier_${name}_${method.id}_${own}`;
}

/** Fits a classifier on each dataset, keeps it, and judges its test pictures. */
export async function trainCommand(id: string, options: TrainOptions): Promise<void> {
  const method = methodNamed(id);
  const settings = { ...lookIn(options), ...parametersIn(options, method) };
  const { parameters } = settingsOf(method, settings);
  const datasets = await datasetsIn(options);
  const { syntrace } = await openSession(withJobs(options));
  const signal = interruptSignal();
  try {
    for (const dataset of datasets) {
      const folder = join(options.outputDir, classifierName(dataset, method, parameters));
      await prepareFolder(folder);
      const context = await syntrace.context(signal);
      const shown = phases();
      const { trainable } = baselineDetector(id as MethodId);
      const artifact = await trainable!.fit(trainingDataOf([dataset], context.kernels), settings, context, shown.show).finally(shown.stop);
      await writeArtifact(folder, artifact);
      console.error(`wrote ${folder}`);
      sayAccuracy(await accuracyOn(dataset, artifact, syntrace, signal), options.json ?? false);
    }
  } catch (error) {
    throw signal.aborted ? new SyntraceError('ABORTED', {}, error) : error;
  } finally {
    await syntrace.close();
  }
}

/** `model.json` with the files that it names. */
export async function writeArtifact(folder: string, { card, files }: Artifact): Promise<void> {
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, 'model.json'), `${JSON.stringify(card, null, 2)}\n`);
}
