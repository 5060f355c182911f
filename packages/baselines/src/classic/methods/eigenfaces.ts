import { type DetectorContext, type Kernels, SyntraceError, withTensors } from '@syntrace/core';
import { accuracyOf, checkNumber, type Method, type Parameters, type Part, predicted, tensorIn } from '../method.js';

/** Pictures that the axes are found on: as many of each class. */
const SUBSET = 10_000;

/** Principal axes of a part. */
interface Axes {
  /** [count, values] */
  readonly axes: Float32Array;
  /** What an axis gives for the mean picture. */
  readonly offsets: Float32Array;
  /** Of all axes, largest first. */
  readonly variances: Float64Array;
}

/** Principal components and a linear support vector machine, one class against the rest (frequency, section 12). */
export const eigenfaces: Method = {
  id: 'eigenfaces',
  title: 'principal components and a linear support vector machine, after the baselines of Frank et al., ICML 2020',
  description: 'The main directions in which training pictures differ, by pixels or DCT spectra, and a linear machine on them',
  inputs: ['dct', 'pixels'],
  options: {
    pca_target_variance: { type: 'number', default: 0.95, description: 'share of the variance that the axes keep, below 1' },
    C: { type: 'number', default: 0.01, description: 'what a picture on the wrong side costs' },
  },
  grid: { pca_target_variance: [0.25, 0.5, 0.75, 0.95], C: [0.0001, 0.001, 0.01, 0.1] },
  check({ pca_target_variance: share = Number.NaN, C = Number.NaN }) {
    checkNumber('pca_target_variance', share, value => value > 0 && value < 1, 'between 0 and 1');
    checkNumber('C', C, value => Number.isFinite(value) && value > 0, 'above 0');
  },
  async fit(part, parameters, context) {
    const { variances } = await axesOf(part, 1, context.kernels);
    const count = componentsFor(variances, parameters.pca_target_variance!);
    const axes = await axesOf(part, count, context.kernels);
    const machine = await machineOf(await projected(part.x, axes, context.kernels), part, parameters.C!, context);
    const values = axes.axes.length / count;
    const f32 = (data: Float32Array, shape: readonly number[]) => ({ dtype: 'f32', shape, data }) as const;
    const tensors = new Map([
      ['axes', f32(axes.axes, [count, values])],
      ['offsets', f32(axes.offsets, [count])],
      ['weights', f32(machine.weights, [machine.bias.length, count])],
      ['bias', f32(machine.bias, [machine.bias.length])],
    ]);
    return { tensors, parameters };
  },
  open({ tensors, look, classes }, kernels) {
    const [axes, offsets] = [tensorIn(tensors, 'axes', 'f32', 2), tensorIn(tensors, 'offsets', 'f32', 1)];
    const [weights, bias] = [tensorIn(tensors, 'weights', 'f32', 2), tensorIn(tensors, 'bias', 'f32', 1)];
    const outputs = classes === 2 ? 1 : classes;
    if (axes.shape[0] !== offsets.shape[0] || weights.shape.join() !== [outputs, axes.shape[0]].join() || bias.shape[0] !== outputs)
      throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.safetensors', detail: `axes and weights do not fit each other (${look.input})` });
    const own = [axes, offsets, weights, bias].map(({ data, shape }) => kernels.tensor('f32', data, shape)) as [never, never, never, never];
    return {
      scores: x =>
        withTensors(kernels, async keep => {
          const values = axes.shape[1]!;
          const rows = keep(kernels.tensor('f32', x, [x.length / values, values]));
          const decisions = keep(await kernels.linear(keep(await kernels.linear(rows, own[0], own[1])), own[2], own[3]));
          return classScores(await kernels.read(decisions), outputs);
        }),
      close: () => kernels.free(...own),
    };
  },
  // The axes of the largest share hold those of every smaller one.
  async *cells(train, validation, cells, context) {
    const { kernels } = context;
    const { variances } = await axesOf(train, 1, kernels);
    const counts = cells.map(({ pca_target_variance: share }) => componentsFor(variances, share!));
    const axes = await axesOf(train, Math.max(...counts), kernels);
    const [known, asked] = [await projected(train.x, axes, kernels), await projected(validation.x, axes, kernels)];
    for (const [i, { C }] of cells.entries()) {
      context.signal.throwIfAborted();
      const first = (rows: Float32Array) => firstColumns(rows, axes.offsets.length, counts[i]!);
      const { weights, bias } = await machineOf(first(known), train, C!, context);
      const decisions = await withTensors(kernels, async keep => {
        const rows = keep(kernels.tensor('f32', first(asked), [validation.y.length, counts[i]!]));
        const machine = [keep(kernels.tensor('f32', weights, [bias.length, counts[i]!])), keep(kernels.tensor('f32', bias, [bias.length]))] as const;
        return kernels.read(keep(await kernels.linear(rows, ...machine)));
      });
      yield accuracyOf(predicted(classScores(decisions, bias.length), train.classes), validation.y);
    }
  },
};

/** One decision of two classes is for the second. */
const classScores = (decisions: Float32Array, outputs: number): Float64Array =>
  Float64Array.from(outputs > 1 ? decisions : Array.from(decisions, decision => [0, decision]).flat());

/** The least number of axes whose variances reach the share. */
export function componentsFor(variances: Float64Array, share: number): number {
  const total = variances.reduce((a, b) => a + b, 0);
  let sum = 0;
  const at = variances.findIndex(variance => {
    sum += variance;
    return sum / total >= share;
  });
  return at < 0 ? variances.length : at + 1;
}

/** Of as many pictures of each class, the first ones. @throws TRAINING_INVALID for pictures that are all the same */
async function axesOf(part: Part, count: number, kernels: Kernels): Promise<Axes> {
  const rows = balanced(part);
  const values = part.x.length / part.y.length;
  return withTensors(kernels, async keep => {
    const found = await kernels.principalAxes(keep(kernels.tensor('f32', rows, [rows.length / values, values])), count).catch((error: unknown) => {
      throw SyntraceError.from(error, 'TRAINING_INVALID', { detail: `no ${count} principal axes of ${rows.length / values} pictures` });
    });
    const [mean, axes, variances] = [keep(found.mean), keep(found.axes), keep(found.variances)];
    const directions = Float32Array.from(await kernels.read(axes));
    const middle = keep(kernels.tensor('f32', Float32Array.from(await kernels.read(mean)), [1, values]));
    const weights = keep(kernels.tensor('f32', directions, [count, values]));
    const offsets = await kernels.read(keep(await kernels.linear(middle, weights, keep(kernels.tensor('f32', new Float32Array(count), [count])))));
    return { axes: directions, offsets: offsets.map(value => -value), variances: await kernels.read(variances) };
  });
}

function balanced({ x, y, classes }: Part): Float32Array {
  const values = x.length / y.length;
  const left = new Array<number>(classes).fill(Math.floor(SUBSET / classes));
  const taken = Array.from(y.entries()).filter(([, label]) => left[label]!-- > 0);
  if (taken.length === y.length) return x;
  const rows = new Float32Array(taken.length * values);
  taken.forEach(([row], i) => {
    rows.set(x.subarray(row * values, (row + 1) * values), i * values);
  });
  return rows;
}

/** Rows on the axes: [n, count]. */
async function projected(x: Float32Array, { axes, offsets }: Axes, kernels: Kernels): Promise<Float32Array> {
  const count = offsets.length;
  const values = axes.length / count;
  return withTensors(kernels, async keep => {
    const rows = keep(kernels.tensor('f32', x, [x.length / values, values]));
    const machine = [keep(kernels.tensor('f32', axes, [count, values])), keep(kernels.tensor('f32', offsets, [count]))] as const;
    return kernels.read(keep(await kernels.linear(rows, ...machine)));
  });
}

function firstColumns(rows: Float32Array, width: number, count: number): Float32Array {
  if (count === width) return rows;
  const out = new Float32Array((rows.length / width) * count);
  for (let i = 0; i * width < rows.length; i++) out.set(rows.subarray(i * width, i * width + count), i * count);
  return out;
}

/** The machine's objective is Σ hinge² · C + (|w|² + b²)/2, the learner's its share of C·n. */
async function machineOf(x: Float32Array, { y, classes }: Part, C: Parameters[string], { learners, signal }: DetectorContext) {
  const sampleWeights = new Float64Array(y.length).fill(1);
  const { weights, bias } = await learners!.squaredHinge({ x, y, sampleWeights, features: x.length / y.length, classes, l2: 1 / (C * y.length), signal });
  return { weights: Float32Array.from(weights), bias: Float32Array.from(bias) };
}
