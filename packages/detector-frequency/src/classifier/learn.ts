import {
  type DetectorContext,
  keepTraining,
  keptTraining,
  type NetworkTrainer,
  type NetworkTraining,
  type Random,
  type StoredTensor,
  SyntraceError,
  seededRandom,
  type TrainingEpoch,
  type TrainingProgress,
  type ValidationScores,
} from '@syntrace/core';
import type { Published, TrainingSettings } from '../training-options.js';
import { probabilitiesOf, scoreOfLogits } from './meaning.js';
import { type Architecture, classifierNetwork, LEAST_SIZE, type Sizes } from './networks.js';
import type { Fitted, Part } from './train.js';

/** What a published classifier learns from. */
export interface Learning {
  readonly training: Part;
  readonly validation: Part;
  readonly sizes: Sizes;
  readonly settings: TrainingSettings;
}

/** Layers of each model, and the parameter that its penalty is on (specification, section 10). */
const MODELS: Readonly<Record<Published, { readonly architecture: Architecture; readonly penalised?: string; readonly l1?: true; readonly l2?: true }>> = {
  log: { architecture: 'linear' },
  log1: { architecture: 'linear', penalised: 'dense.weight', l1: true },
  log2: { architecture: 'linear', penalised: 'dense.weight', l2: true },
  log3: { architecture: 'linear', penalised: 'dense.weight', l1: true, l2: true },
  nn: { architecture: 'nn', penalised: 'hidden.weight', l2: true },
  cnn: { architecture: 'cnn' },
  resnet: { architecture: 'resnet' },
};

const architectureOf = (model: Published): Architecture => MODELS[model].architecture;

/** As published: Glorot's weights, Keras's Adam, the penalty in the validation loss too, early stopping with the best weights taken back. Unlike there the pictures
 *  are shuffled before each pass and every validation picture counts (section 14). @throws TRAINING_INVALID, TRAINING_UNAVAILABLE, ABORTED */
export async function learnt(
  { training, validation, sizes, settings }: Learning,
  context: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Fitted> {
  const model = settings.model as Published;
  const architecture = architectureOf(model);
  if (sizes.size < LEAST_SIZE[architecture])
    throw new SyntraceError('TRAINING_INVALID', {
      detail: `${model} needs windows of at least ${LEAST_SIZE[architecture]} samples a side, received ${sizes.size}`,
    });
  const network = classifierNetwork(architecture, sizes);
  const penalties = penaltiesOf(model, settings);
  const trainer = await context.learners!.network(network, {
    loss: sizes.outputs === 1 ? 'binary' : 'softmax',
    rate: settings.rate,
    seed: settings.seed,
    method: { kind: 'adam', betas: [0.9, 0.999], epsilon: 1e-7, corrected: false },
    initial: 'glorot',
    penalties,
    threads: context.kernels.threads,
  });
  const batchOf = (part: Part, rows: readonly number[]): StoredTensor<'f32'> => gathered(part, rows, sizes);
  const key = JSON.stringify(['classifier', model, sizes, settings, training.y.length, validation.y.length], (_, value: unknown) =>
    value instanceof Map ? Object.fromEntries(value) : value,
  );
  const kept = await keptTraining(context.checkpoint, key);
  const epochs: TrainingEpoch[] = [...(kept?.epochs ?? [])];
  let [best, bestLoss] = [kept?.best ?? trainer.state(), kept?.bestLoss ?? Number.POSITIVE_INFINITY];
  if (kept) trainer.resume(kept.trainer);
  for (const epoch of epochs) progress({ phase: 'resumed', done: epoch.epoch, total: settings.epochs, epoch });
  while (epochs.length < settings.epochs && !isStalled(epochs, settings)) {
    const number = epochs.length;
    const taught = await pass(number, training, trainer, batchOf, seededRandom(settings.seed, 'order').fork(`${number}`), settings, context, progress);
    const scores = await validated(validation, trainer, batchOf, penalties, settings);
    const epoch: TrainingEpoch = { ...taught, validation: [scores] };
    epochs.push(epoch);
    if (scores.loss < bestLoss) [best, bestLoss] = [trainer.state(), scores.loss];
    await keepTraining(context.checkpoint, key, { epochs, trainer: trainer.checkpoint(), best, bestLoss });
    progress({ phase: `pass ${number + 1} of at most ${settings.epochs}`, done: 1, total: 1, epoch });
  }
  const { l1, l2 } = Object.values(penalties)[0] ?? { l1: 0, l2: 0 };
  const { rate, batchSize, earlyStopping, seed, licence, abstain } = settings;
  const notes = { model, l1, l2, rate, batchSize, earlyStopping, epochs: epochs.length, validationLoss: bestLoss, abstain, licence, seed };
  return { network, state: best, notes };
}

function penaltiesOf(model: Published, { l1, l2 }: TrainingSettings): NonNullable<NetworkTraining['penalties']> {
  const { penalised, ...takes } = MODELS[model];
  return penalised ? { [penalised]: { l1: takes.l1 ? l1 : 0, l2: takes.l2 ? l2 : 0 } } : {};
}

/** Whether so many passes brought no better validation loss. */
function isStalled(epochs: readonly TrainingEpoch[], { earlyStopping }: TrainingSettings): boolean {
  if (earlyStopping === 0) return false;
  const losses = epochs.map(({ validation }) => validation[0]!.loss);
  return losses.length > earlyStopping && losses.length - 1 - losses.indexOf(Math.min(...losses)) >= earlyStopping;
}

type BatchOf = (part: Part, rows: readonly number[]) => StoredTensor<'f32'>;

async function pass(
  number: number,
  training: Part,
  trainer: NetworkTrainer,
  batchOf: BatchOf,
  random: Random,
  { batchSize, epochs, rate }: TrainingSettings,
  { signal }: DetectorContext,
  progress: (p: TrainingProgress) => void,
): Promise<Omit<TrainingEpoch, 'validation'>> {
  const started = performance.now();
  const batches = cut(random.shuffle(Array.from(training.y, (_, i) => i)), batchSize);
  const sums = { loss: 0, gradient: 0 };
  for (const [i, rows] of batches.entries()) {
    signal.throwIfAborted();
    const { loss, gradient } = await trainer.step(
      batchOf(training, rows),
      Uint8Array.from(rows, row => training.y[row]!),
    );
    sums.loss += loss;
    sums.gradient += gradient;
    progress({ phase: `pass ${number + 1} of at most ${epochs}`, done: i + 1, total: batches.length });
  }
  const count = batches.length;
  const seconds = (performance.now() - started) / 1000;
  return { epoch: number + 1, steps: trainer.steps, rate, loss: sums.loss / count, gradient: sums.gradient / count, seconds, waited: 0 };
}

async function validated(
  validation: Part,
  trainer: NetworkTrainer,
  batchOf: BatchOf,
  penalties: NonNullable<NetworkTraining['penalties']>,
  { batchSize }: TrainingSettings,
): Promise<ValidationScores> {
  const scores = new Float32Array(validation.y.length);
  let loss = 0;
  for (const rows of cut(
    Array.from(validation.y, (_, i) => i),
    batchSize,
  )) {
    const logits = await trainer.evaluate(batchOf(validation, rows));
    const width = logits.length / rows.length;
    for (const [i, row] of rows.entries()) {
      const own = logits.subarray(i * width, (i + 1) * width);
      scores[row] = scoreOfLogits(own);
      loss -= Math.log(Math.max(probabilitiesOf(own)[validation.y[row]!]!, Number.MIN_VALUE)) / validation.y.length;
    }
  }
  return { condition: 'as stored', loss: loss + penaltyOf(trainer, penalties), labels: validation.y.map(y => Math.min(1, y)), scores };
}

/** What the penalties add to a loss. */
function penaltyOf(trainer: NetworkTrainer, penalties: NonNullable<NetworkTraining['penalties']>): number {
  const entries = Object.entries(penalties);
  if (entries.length === 0) return 0;
  const state = trainer.state();
  return entries.reduce((sum, [name, { l1, l2 }]) => sum + state.get(name)!.data.reduce((own, w) => own + l1 * Math.abs(w) + l2 * w * w, 0), 0);
}

/** Rows of a part as planes. */
function gathered({ x, features }: Part, rows: readonly number[], { channels, size }: Sizes): StoredTensor<'f32'> {
  const data = new Float32Array(rows.length * features);
  for (const [i, row] of rows.entries()) data.set(x.subarray(row * features, (row + 1) * features), i * features);
  return { dtype: 'f32', shape: [rows.length, channels, size, size], data };
}

const cut = (rows: readonly number[], size: number): readonly (readonly number[])[] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));
