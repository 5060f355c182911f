import {
  type DetectorContext,
  fromHalf,
  keepTraining,
  keptTraining,
  type NetworkTrainer,
  Registry,
  type StoredTensor,
  SyntraceError,
  standardPlugin,
  type Trainable,
  type TrainingData,
  type TrainingEpoch,
  type TrainingSample,
  toHalf,
} from '@syntrace/core';
import { nprNetwork } from '../network.js';
import { tilesOf } from '../tiles.js';
import { artifactOf } from './artifact.js';
import { fittedHead } from './head.js';
import type { Looking } from './look.js';
import { trainEpoch } from './loop.js';
import { settingsOf, TRAINING_OPTIONS, type TrainingSettings } from './options.js';
import { PictureCache } from './picture-cache.js';
import { AS_STORED, centre, JPEG_90, middle, type Seen, validated } from './validate.js';

/** Trains the network on `train`; the weights of the epoch with the least validation loss are taken (recipe `published`: the last ones, as published), and
 *  threshold, calibration and quantiles come from `validation` alone. */
export const trainable: Trainable = {
  options: TRAINING_OPTIONS,
  async fit(all, options, context, progress = () => {}) {
    const settings = settingsOf(options);
    if (!context.learners) throw new SyntraceError('TRAINING_INVALID', { detail: 'no learners are installed; add @syntrace/training' });
    const { models } = context;
    if (!models) throw new SyntraceError('MODEL_RUNTIME_MISSING', { detail: 'nothing here writes ONNX files', remedy: 'Add @syntrace/model-runtime.' });
    const data = restricted(all, settings);
    const registry = new Registry();
    registry.use(standardPlugin('0.0.0'));
    const looking: Looking = { settings, registry, context, stored: new PictureCache(settings.cache_mb * 2 ** 20).stored };
    const trainer = await trainerFor(settings, context);
    if (context.initial) trainer.load(context.initial);
    const judged = ofSets(data, settings.head_sets);
    const { epochs, best } = await trained(data, trainer, looking, progress);
    trainer.load(settings.precision === 'f16' ? rounded(best) : best);
    if (settings.head_looks > 0) {
      const head = await fittedHead(judged.train, trainer, looking, progress);
      trainer.load(settings.precision === 'f16' ? rounded(head) : head);
    }
    progress({ phase: 'scores of validation pictures', done: 0, total: 1 });
    const seen: Seen = ({ width, height }) => tilesOf(width, height);
    const scores = await validated(judged.validation, [AS_STORED, JPEG_90], seen, trainer, { ...looking, settings: { ...settings, recipe: 'stored' } });
    progress({ phase: 'scores of validation pictures', done: 1, total: 1 });
    return artifactOf({ data, settings, epochs, scores, trainer }, context.learners, models);
  },
};

const trainerFor = ({ lr, width, seed, optim, beta1, weight_decay, threads }: TrainingSettings, { learners }: DetectorContext): Promise<NetworkTrainer> =>
  learners!.network(nprNetwork(width), {
    loss: 'binary',
    rate: lr,
    seed,
    method: optim === 'adam' ? { kind: 'adam', betas: [beta1, 0.999], decay: weight_decay } : { kind: 'descent' },
    ...(threads > 0 && { threads }),
  });

/** Only the wanted generators or class folders. @throws TRAINING_INVALID without both classes */
function restricted(data: TrainingData, { classes }: TrainingSettings): TrainingData {
  const isWanted = ({ group, uri }: TrainingSample) =>
    classes.length === 0 || classes.includes(group) || uri.split(/[\\/]/).some(folder => classes.includes(folder));
  const part = (name: string, samples: readonly TrainingSample[]) => {
    const wanted = samples.filter(isWanted);
    const synthetic = wanted.filter(({ label }) => label === 1).length;
    if (synthetic > 0 && synthetic < wanted.length) return wanted;
    throw new SyntraceError('TRAINING_INVALID', { detail: `${wanted.length - synthetic} real and ${synthetic} synthetic ${name} pictures` });
  };
  return { name: data.name, train: part('training', data.train), validation: part('validation', data.validation) };
}

/** Only some datasets. @throws USAGE for one that is none */
function ofSets(data: TrainingData, sets: readonly string[]): TrainingData {
  const known = new Set([...data.train, ...data.validation].map(({ set }) => set));
  const unknown = sets.find(set => !known.has(set));
  if (unknown !== undefined) throw new SyntraceError('USAGE', { detail: `head_sets names "${unknown}", the datasets are ${[...known].join(', ')}` });
  const part = (samples: readonly TrainingSample[]) => samples.filter(({ set }) => sets.length === 0 || sets.includes(set));
  return { name: data.name, train: part(data.train), validation: part(data.validation) };
}

type State = ReadonlyMap<string, StoredTensor<'f32'>>;

/** Weights as half precision keeps them. */
const rounded = (state: State): State =>
  new Map([...state].map(([name, tensor]) => [name, tensor.shape.length < 2 ? tensor : { ...tensor, data: fromHalf(toHalf(tensor.data)) }]));

/** All epochs, from where a checkpoint ends. */
async function trained(
  data: TrainingData,
  trainer: NetworkTrainer,
  looking: Looking,
  progress: NonNullable<Parameters<Trainable['fit']>[3]>,
): Promise<{ readonly epochs: readonly TrainingEpoch[]; readonly best: State }> {
  const { settings, context } = looking;
  const { recipe, niter, no_crop, cropSize, loadSize, val_crop } = settings;
  const key = keyOf(settings, data);
  const before = await keptTraining(context.checkpoint, key);
  const epochs: TrainingEpoch[] = [];
  let [best, bestLoss]: [State, number] = [trainer.state(), Number.POSITIVE_INFINITY];
  if (before) {
    trainer.resume(before.trainer);
    epochs.push(...before.epochs);
    [best, bestLoss] = [before.best, before.bestLoss];
    for (const epoch of epochs) progress({ phase: 'resumed', done: epoch.epoch, total: niter, epoch });
  }
  const seen = recipe === 'stored' ? middle(val_crop) : centre(no_crop ? Math.max(loadSize, 1 << 20) : cropSize);
  const conditions = recipe === 'stored' ? [AS_STORED, JPEG_90] : [AS_STORED];
  while (epochs.length < niter) {
    const taught = await trainEpoch(epochs.length, data.train, trainer, looking, progress);
    const validation = await validated(data.validation, conditions, seen, trainer, looking);
    const epoch = { ...taught, validation };
    epochs.push(epoch);
    const loss = validation.reduce((sum, each) => sum + each.loss, 0) / validation.length;
    if (recipe === 'published' || loss < bestLoss) [best, bestLoss] = [trainer.state(), loss];
    progress({ phase: `epoch ${epoch.epoch} of ${niter}`, done: 1, total: 1, epoch });
    if (epochs.length % settings.save_epoch_freq === 0 || epochs.length === niter)
      await keepTraining(context.checkpoint, key, { epochs, trainer: trainer.checkpoint(), best, bestLoss });
  }
  return { epochs, best };
}

/** What a training's epochs depend on. `niter` may change on the way: the learning rate of what is left follows the new one, and the card keeps each epoch's. */
function keyOf(settings: TrainingSettings, { train, validation }: TrainingData): string {
  const left = new Set<keyof TrainingSettings>([
    'niter',
    'ahead',
    'cache_mb',
    'threads',
    'save_epoch_freq',
    'precision',
    'head_looks',
    'head_sets',
    'head_crop',
    'head_l2',
    'real_accuracy',
    'licence',
    'name',
  ]);
  const told = Object.entries({ ...settings, set_weights: [...settings.set_weights] }).filter(([name]) => !left.has(name as keyof TrainingSettings));
  return JSON.stringify([Object.fromEntries(told), train.length, validation.length]);
}
