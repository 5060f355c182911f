import { type DetectorContext, type Kernels, type OneClassModel, type StoredTensor, SyntraceError, withTensors } from '@syntrace/core';
import { checkNumber, type Method, tensorIn } from '../method.js';

const FEATURES = 588;
const FOLDS = 5;
/** Published choice of gamma; 1/588 is one over the number of features. */
export const GAMMAS = [0.001, 0.0001, 1 / FEATURES, 0.01, 0.1];

/** Colour statistics of real pictures alone, in a one-class machine (Li et al. 2018; NoiseScope, section 10). */
export const csdSvm: Method = {
  id: 'csd-svm',
  title: 'colour statistics of real pictures in a one-class support vector machine, after Li et al., arXiv 1808.07276',
  description: 'Co-occurrences of colour residuals, against those of real training pictures alone',
  inputs: ['csd'],
  realAlone: true,
  options: {
    nu: { type: 'number', default: 0.1, description: 'bound of the share of real training pictures that are left outside' },
    gamma: { type: 'number', default: 0, description: 'of the Gaussian kernel; 0: the best of the published five by five folds of the real pictures' },
  },
  grid: { nu: [0.1], gamma: GAMMAS },
  check({ nu = Number.NaN, gamma = Number.NaN }) {
    checkNumber('nu', nu, value => value > 0 && value <= 1, 'above 0 and at most 1');
    checkNumber('gamma', gamma, value => Number.isFinite(value) && value >= 0, '0 or above');
  },
  async fit({ x, y }, { nu, gamma }, context) {
    const own = Array.from(y.entries()).filter(([, label]) => label === 0);
    const rows = new Float32Array(own.length * FEATURES);
    own.forEach(([row], i) => {
      rows.set(x.subarray(row * FEATURES, (row + 1) * FEATURES), i * FEATURES);
    });
    const chosen = gamma! > 0 ? gamma! : (await foldAccuracies(rows, nu!, context)).best;
    const { support, coefficients, offset } = await machineOf(rows, nu!, chosen, context);
    const data = new Float32Array(support.length * FEATURES);
    support.forEach((row, i) => {
      data.set(rows.subarray(row * FEATURES, (row + 1) * FEATURES), i * FEATURES);
    });
    const tensors = new Map<string, StoredTensor>([
      ['support', { dtype: 'f32', shape: [support.length, FEATURES], data }],
      ['coefficients', { dtype: 'f64', shape: [support.length], data: coefficients }],
      ['offset', { dtype: 'f64', shape: [1], data: Float64Array.of(offset) }],
    ]);
    return { tensors, parameters: { nu: nu!, gamma: chosen } };
  },
  open({ tensors, parameters }, kernels) {
    const support = tensorIn(tensors, 'support', 'f32', 2);
    const [coefficients, offset] = [tensorIn(tensors, 'coefficients', 'f64', 1).data, tensorIn(tensors, 'offset', 'f64', 1).data];
    if (support.shape[1] !== FEATURES || support.shape[0] !== coefficients.length || offset.length !== 1)
      throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.safetensors', detail: 'support, coefficients and offset do not fit each other' });
    const rows = kernels.tensor('f32', support.data, support.shape);
    return {
      async scores(x) {
        const decisions = await decisionsOf(x, rows, { coefficients, offset: offset[0]! }, parameters.gamma!, kernels);
        return Float64Array.from(Array.from(decisions, decision => [decision, 0]).flat());
      },
      close: () => kernels.free(rows),
    };
  },
};

/** Decisions of rows: above 0 they are like the training's. */
async function decisionsOf(
  x: Float32Array,
  support: ReturnType<Kernels['tensor']> & { dtype: 'f32' },
  { coefficients, offset }: Pick<OneClassModel, 'coefficients' | 'offset'>,
  gamma: number,
  kernels: Kernels,
): Promise<Float64Array> {
  const count = coefficients.length;
  const distances = await withTensors(kernels, async keep => {
    const rows = keep(kernels.tensor('f32', x, [x.length / FEATURES, FEATURES]));
    return kernels.read(keep(await kernels.distances(rows, support)));
  });
  return Float64Array.from({ length: x.length / FEATURES }, (_, i) =>
    coefficients.reduce((sum, coefficient, k) => sum + coefficient * Math.exp(-gamma * distances[i * count + k]! ** 2), -offset),
  );
}

const machineOf = (x: Float32Array, nu: number, gamma: number, { learners, signal }: DetectorContext): Promise<OneClassModel> =>
  learners!.oneClass({ x, features: FEATURES, nu, gamma, signal });

/** Share of the rows of a fold that the machine of the other four takes for their like, as the published script has it: folds in the order of the rows; the first best gamma.
 *  It rewards taking in, and nothing else. @throws TRAINING_INVALID for fewer rows than folds */
export async function foldAccuracies(
  rows: Float32Array,
  nu: number,
  context: DetectorContext,
): Promise<{ readonly accuracies: readonly number[]; readonly best: number }> {
  const count = rows.length / FEATURES;
  if (count < FOLDS) throw new SyntraceError('TRAINING_INVALID', { detail: `${count} real pictures; five folds need five` });
  const starts = Array.from({ length: FOLDS + 1 }, (_, i) => i * Math.floor(count / FOLDS) + Math.min(i, count % FOLDS));
  const accuracies: number[] = [];
  for (const gamma of GAMMAS) {
    let sum = 0;
    for (let fold = 0; fold < FOLDS; fold++) {
      context.signal.throwIfAborted();
      const [from, to] = [starts[fold]! * FEATURES, starts[fold + 1]! * FEATURES];
      const others = new Float32Array(rows.length - (to - from));
      others.set(rows.subarray(0, from));
      others.set(rows.subarray(to), from);
      const machine = await machineOf(others, nu, gamma, context);
      const support = Float32Array.from(machine.support.flatMap(row => [...others.subarray(row * FEATURES, (row + 1) * FEATURES)]));
      const decisions = await withTensors(context.kernels, async keep =>
        decisionsOf(rows.slice(from, to), keep(context.kernels.tensor('f32', support, [machine.support.length, FEATURES])), machine, gamma, context.kernels),
      );
      sum += decisions.filter(decision => decision > 0).length / decisions.length;
    }
    accuracies.push(sum / FOLDS);
  }
  return { accuracies, best: GAMMAS[accuracies.indexOf(Math.max(...accuracies))]! };
}
