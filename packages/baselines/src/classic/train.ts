import {
  type Artifact,
  type DetectorContext,
  type Learners,
  type ModelCard,
  SyntraceError,
  sha256,
  type Trainable,
  type TrainingData,
  type TrainingProgress,
  type TrainingSample,
  writeSafetensors,
} from '@syntrace/core';
import { meaningOf, summaryOf } from './card.js';
import { EPS } from './look.js';
import { accuracyOf, type Method, type Part, predicted } from './method.js';
import { see } from './see.js';
import { classIn, classNames, optionsOf, type Settings, settingsOf } from './settings.js';
import { standardised, standardOf } from './standard.js';

export const MODEL_FILE = 'model.safetensors';

/** Fits on `train`; calibration and quantiles come from `validation` alone. */
export const trainableOf = (method: Method): Trainable => ({
  options: optionsOf(method),
  async fit(data, options, context, progress = () => {}) {
    const settings = settingsOf(method, options);
    checkData(method, data);
    return fit(method, data, settings, { ...context, learners: context.learners ?? missing() }, progress);
  },
});

export type Able = DetectorContext & { readonly learners: Learners };

const missing = (): never => {
  throw new SyntraceError('TRAINING_INVALID', { detail: 'no learners are installed; add @syntrace/training' });
};

/** Both classes in both parts; for what learns from real pictures alone one of them will do. @throws TRAINING_INVALID */
function checkData({ realAlone }: Method, { train, validation }: TrainingData): void {
  for (const [name, samples] of Object.entries(realAlone ? { training: train } : { training: train, validation })) {
    const synthetic = samples.filter(({ label }) => label === 1).length;
    if ((synthetic === 0 && !realAlone) || synthetic === samples.length)
      throw new SyntraceError('TRAINING_INVALID', { detail: `${samples.length - synthetic} real and ${synthetic} synthetic ${name} pictures` });
  }
}

/** Samples as a part, by a standard of their own or of others. Those of classes that are not known are left out. */
export async function partOf(
  samples: readonly TrainingSample[],
  names: readonly string[] | null,
  { look }: Pick<Settings, 'look'>,
  context: DetectorContext,
  say: { readonly progress: (p: TrainingProgress) => void; readonly phase: string },
): Promise<Part & { readonly samples: readonly TrainingSample[] }> {
  const known = samples.filter(sample => classIn(sample, names) >= 0);
  const x = await see(known, look, context, say.progress, say.phase);
  return { x, y: Uint8Array.from(known, sample => classIn(sample, names)), classes: names?.length ?? 2, look, samples: known };
}

async function fit(method: Method, data: TrainingData, settings: Settings, context: Able, progress: (p: TrainingProgress) => void): Promise<Artifact> {
  const { look } = settings;
  const { kernels, learners } = context;
  const names = classNames(data.train, settings);
  const seen = await partOf(data.train, names, settings, context, { progress, phase: 'training pictures' });
  const standard = await standardOf(seen.x, look, kernels);
  const training: Part = { ...seen, x: await standardised(seen.x, standard, kernels) };
  progress({ phase: `fit (${method.id})`, done: 0, total: 1 });
  const { tensors, parameters } = await method.fit(training, settings.parameters, context);
  progress({ phase: `fit (${method.id})`, done: 1, total: 1 });
  const asked = await partOf(data.validation, names, settings, context, { progress, phase: 'validation pictures' });
  const scorer = method.open({ tensors, parameters, look, classes: training.classes }, kernels);
  const scores = asked.y.length > 0 ? await scorer.scores(await standardised(asked.x, standard, kernels)) : new Float64Array();
  scorer.close();
  const margins = Float64Array.from(asked.y, (_, i) => marginOf(scores.subarray(i * training.classes, (i + 1) * training.classes)));
  const f32 = (values: Float32Array) => ({ dtype: 'f32', shape: [values.length], data: values }) as const;
  const bytes = writeSafetensors(new Map([...tensors, ...(standard ? Object.entries(standard).map(([name, values]) => [name, f32(values)] as const) : [])]));
  const card: ModelCard = {
    format: 1,
    detector: method.id,
    version: '1',
    method: method.title,
    preprocessing: { ...look, eps: EPS, parameters },
    labels: ['real', 'synthetic'],
    ...(names && { classes: names }),
    ...(await meaningOf(
      margins,
      asked.y.map(label => Math.min(1, label)),
      learners,
    )),
    trainingData: summaryOf(data, settings.licence),
    training: { parameters, classes: settings.classes, pictures: training.y.length },
    measured: asked.y.length > 0 ? { validation: { accuracy: accuracyOf(predicted(scores, training.classes), asked.y), pictures: asked.y.length } } : {},
    licence: 'MIT',
    files: { [MODEL_FILE]: await sha256(bytes) },
  };
  return { card, files: new Map([[MODEL_FILE, bytes]]) };
}

/** By how much the largest other class is above the first, which is real. */
export function marginOf([real, ...others]: Float64Array): number {
  return Math.max(...others) - real!;
}
