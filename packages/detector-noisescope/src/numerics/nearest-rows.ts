import type { Kernels } from '@syntrace/core';
import type { Neighbours } from '../calibrate/lof.js';

/** The k nearest training rows of each query (of each training row among the others for `null`), Euclidean, float64. */
export async function nearestRows(kernels: Kernels, train: Float64Array, queries: Float64Array | null, features: number, k: number): Promise<Neighbours> {
  const x = kernels.tensor('f64', train, [train.length / features, features]);
  const q = queries && kernels.tensor('f64', queries, [queries.length / features, features]);
  const { distances, indices } = await kernels.nearest(q ?? x, x, { k, withoutSelf: q === null });
  const found = { distances: await kernels.read(distances), indices: await kernels.read(indices) };
  kernels.free(x, distances, indices, ...(q ? [q] : []));
  return found;
}
