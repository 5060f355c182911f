import { type Kernels, type StoredTensor, SyntraceError, withTensors } from '@syntrace/core';
import { accuracyOf, checkNumber, type Method, type Parameters, type Part, predicted, tensorIn } from '../method.js';

/** Queries that are compared at once. */
const CHUNK = 128;

/** k nearest neighbours (Cover and Hart 1967), as the frequency paper has them: Euclidean, every vote alike (frequency, section 12). */
export const knn: Method = {
  id: 'knn',
  title: 'k nearest neighbours of whole windows, after the baselines of Frank et al., ICML 2020',
  description: 'The labels of the nearest training pictures, by pixels or DCT spectra',
  inputs: ['dct', 'pixels'],
  options: { n_neighbors: { type: 'number', default: 5, description: 'neighbours that vote' } },
  grid: { n_neighbors: [1, 3, 5, 9, 17, 33, 65, 129, 257, 513, 1025] },
  needs: ({ n_neighbors }) => n_neighbors!,
  check: ({ n_neighbors: k = Number.NaN }) => checkNumber('n_neighbors', k, value => Number.isSafeInteger(value) && value > 0, 'a whole number above 0'),
  async fit({ x, y }, parameters) {
    if (parameters.n_neighbors! > y.length) throw tooMany(parameters, y.length);
    const tensors = new Map<string, StoredTensor>([
      ['rows', { dtype: 'f32', shape: [y.length, x.length / y.length], data: x }],
      ['labels', { dtype: 'u8', shape: [y.length], data: y }],
    ]);
    return { tensors, parameters };
  },
  open({ tensors, parameters, classes }, kernels) {
    const rows = tensorIn(tensors, 'rows', 'f32', 2);
    const labels = tensorIn(tensors, 'labels', 'u8', 1).data;
    if (labels.length !== rows.shape[0] || !labels.every(label => label < classes))
      throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.safetensors', detail: 'labels do not fit the rows' });
    const k = parameters.n_neighbors!;
    const known = kernels.tensor('f32', rows.data, rows.shape);
    return {
      async scores(x) {
        const neighbours = await nearest(x, known, k, kernels);
        return Float64Array.from(votes(neighbours, labels, k, [k], classes)[0]!);
      },
      close: () => kernels.free(known),
    };
  },
  // The nearest of the largest k hold those of every smaller one.
  async *cells(train, validation, cells, { kernels }) {
    const ks = cells.map(({ n_neighbors: k }) => k!);
    const wrong = cells.find(({ n_neighbors: k }) => k! > train.y.length);
    if (wrong) throw tooMany(wrong, train.y.length);
    const most = Math.max(...ks);
    const known = kernels.tensor('f32', train.x, [train.y.length, train.x.length / train.y.length]);
    try {
      const counted = votes(await nearest(validation.x, known, most, kernels), train.y, most, ks, train.classes);
      for (const each of counted) yield accuracyOf(predicted(each, train.classes), validation.y);
    } finally {
      kernels.free(known);
    }
  },
};

const tooMany = ({ n_neighbors: k }: Parameters, rows: number): SyntraceError =>
  new SyntraceError('TRAINING_INVALID', { detail: `${k} neighbours of ${rows} training pictures` });

/** Indices of the k nearest rows of each query, nearest first. */
async function nearest(x: Float32Array, rows: ReturnType<Kernels['tensor']> & { dtype: 'f32' }, k: number, kernels: Kernels): Promise<Float64Array> {
  const values = rows.shape[1]!;
  const found = new Float64Array((x.length / values) * k);
  for (let at = 0; at < x.length; at += CHUNK * values) {
    const part = x.subarray(at, at + CHUNK * values);
    await withTensors(kernels, async keep => {
      const queries = keep(kernels.tensor('f32', part, [part.length / values, values]));
      const { distances, indices } = await kernels.nearest(queries, rows, { k, withoutSelf: false });
      keep(distances);
      found.set(await kernels.read(keep(indices)), (at / values) * k);
    });
  }
  return found;
}

/** Shares of the votes of the first of `most` neighbours, for each number of them: [queries, classes]. */
function votes(neighbours: Float64Array, labels: Part['y'], most: number, ks: readonly number[], classes: number): readonly Float64Array[] {
  const queries = neighbours.length / most;
  return ks.map(k => {
    const counts = new Float64Array(queries * classes);
    for (let q = 0; q < queries; q++) for (let i = 0; i < k; i++) counts[q * classes + labels[neighbours[q * most + i]!]!]! += 1 / k;
    return counts;
  });
}
