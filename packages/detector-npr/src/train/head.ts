import { type Learners, type NetworkTrainer, type StoredTensor, SyntraceError, seededRandom, type TrainingProgress, type TrainingSample } from '@syntrace/core';
import { nprNetwork } from '../network.js';
import { stacked } from '../stack.js';
import { ahead } from './ahead.js';
import { type Looking, trainingLook } from './look.js';
import type { TrainingSettings } from './options.js';
import { labelsOf } from './validate.js';

/** Pictures that go through the network together. */
const TOGETHER = 16;
/** Added to every deviation, so that a feature that never stirs does no harm. */
const DEVIATION_FLOOR = 1e-4;

/** The last layer fitted anew: L2-penalised logistic regression on the means that go into it, over `head_looks` looks at every training picture, each class of each dataset weighing
 *  alike. Where time was short, the layers before it know more than the last one has learnt. O(pictures · looks) evaluations */
export async function fittedHead(
  samples: readonly TrainingSample[],
  trainer: NetworkTrainer,
  looking: Looking,
  progress: (p: TrainingProgress) => void,
): Promise<ReadonlyMap<string, StoredTensor<'f32'>>> {
  const { settings, context } = looking;
  const learners = context.learners!;
  const means = await bodyOf(trainer, settings, learners);
  const looks = samples.flatMap(sample => Array.from({ length: settings.head_looks }, (_, look) => ({ sample, look })));
  const batches = Array.from({ length: Math.ceil(looks.length / TOGETHER) }, (_, i) => looks.slice(i * TOGETHER, (i + 1) * TOGETHER));
  const wide: Looking = { ...looking, settings: { ...settings, crops: 1, cropSize: settings.head_crop } };
  const random = seededRandom(settings.seed, 'head');
  const prepare = (batch: typeof looks, index: number) =>
    Promise.all(batch.map(({ sample, look }, i) => trainingLook(sample, random.fork(`${index}/${i}/${look}`), wide)));
  const rows: Float32Array[] = [];
  for await (const residuals of ahead(batches, settings.ahead, prepare)) {
    context.signal.throwIfAborted();
    rows.push(await means.evaluate(stacked(residuals)));
    progress({ phase: 'last layer', done: rows.length, total: batches.length });
  }
  return solved(
    rows,
    looks.map(({ sample }) => sample),
    looking,
  );
}

/** The network without its last layer. */
async function bodyOf(trainer: NetworkTrainer, { width, threads }: TrainingSettings, learners: Learners): Promise<NetworkTrainer> {
  const network = nprNetwork(width);
  const body = { ...network, name: `${network.name}, body`, layers: network.layers.slice(0, -1) };
  const means = await learners.network(body, { loss: 'softmax', rate: 1, seed: 0, ...(threads > 0 && { threads }) });
  means.load(new Map([...trainer.state()].filter(([name]) => !name.startsWith('fc1.'))));
  return means;
}

async function solved(
  rows: readonly Float32Array[],
  samples: readonly TrainingSample[],
  { settings, context }: Looking,
): Promise<ReadonlyMap<string, StoredTensor<'f32'>>> {
  const { kernels, learners, signal } = context;
  const features = 8 * settings.width;
  const all = new Float32Array(samples.length * features);
  rows.reduce((at, row) => {
    all.set(row, at);
    return at + row.length;
  }, 0);
  const x = kernels.tensor('f32', all, [samples.length, features]);
  const { count, mean, m2 } = await kernels.moments(null, x);
  const [means, deviations] = [Float32Array.from(mean), Float32Array.from(m2, sum => Math.sqrt(sum / count) + DEVIATION_FLOOR)];
  const [m, d] = [means, deviations].map(values => kernels.tensor('f32', values, [features]));
  const standard = await kernels.standardize(x, m!, d!);
  const standardised = await kernels.read(standard);
  kernels.free(x, m!, d!, standard);
  const y = labelsOf(samples);
  const fitted = await learners!.logistic({ x: standardised, y, sampleWeights: weightsOf(samples, settings), features, l2: settings.head_l2, signal });
  if (!fitted.weights.every(Number.isFinite)) throw new SyntraceError('TRAINING_INVALID', { detail: 'the last layer cannot be fitted' });
  const weight = Float32Array.from(fitted.weights, (value, i) => value / deviations[i]!);
  const shift = weight.reduce((sum, value, i) => sum + value * means[i]!, 0);
  return new Map([
    ['fc1.weight', { dtype: 'f32', shape: [1, features], data: weight }],
    ['fc1.bias', { dtype: 'f32', shape: [1], data: Float32Array.of(fitted.bias[0]! - shift) }],
  ]);
}

/** The dataset's weight shared by the pictures of a class in it. */
function weightsOf(samples: readonly TrainingSample[], { set_weights: weights }: TrainingSettings): Float64Array {
  const keyOf = ({ label, set }: TrainingSample) => `${label} ${set}`;
  const counts = new Map<string, number>();
  for (const sample of samples) counts.set(keyOf(sample), (counts.get(keyOf(sample)) ?? 0) + 1);
  return Float64Array.from(samples, sample => (weights.get(sample.set) ?? 1) / counts.get(keyOf(sample))!);
}
