import type { Kernels } from '@syntrace/core';
import { nearestRows } from '../numerics/nearest-rows.js';
import { fitLof, type LofModel, lofScores } from './lof.js';

/** Tells fingerprints of reference photographs from others by their texture: LOF on feature rows (spec section 7). */
export interface OutlierModel {
  /** Training rows [vectors, features], scaled by `scale`, float64. */
  readonly rows: Float64Array;
  /** What each feature is divided by; 1 unless standardised. */
  readonly scale: Float64Array;
  readonly lof: LofModel;
}

export interface OutlierOptions {
  readonly neighbours: number;
  readonly standardise: boolean;
}

/** Fits on texture rows [vectors, features]. The caller has seen to it that there are more vectors than neighbours. */
export async function fitOutlierModel(
  rows: Float64Array,
  features: number,
  { neighbours, standardise }: OutlierOptions,
  kernels: Kernels,
): Promise<OutlierModel> {
  const scale = standardise ? await deviationsOf(rows, features, kernels) : new Float64Array(features).fill(1);
  const scaled = scaledBy(rows, scale);
  const own = await nearestRows(kernels, scaled, null, features, neighbours);
  return { rows: scaled, scale, lof: fitLof(own, neighbours).model };
}

/** LOF scores of texture rows minus the offset: below 0 an outlier. */
export async function outlierMargins({ rows, scale, lof }: OutlierModel, queries: Float64Array, kernels: Kernels): Promise<Float64Array> {
  const found = await nearestRows(kernels, rows, scaledBy(queries, scale), scale.length, lof.neighbours);
  return lofScores(found, lof).map(score => score - lof.offset);
}

const scaledBy = (rows: Float64Array, scale: Float64Array): Float64Array => rows.map((value, i) => value / scale[i % scale.length]!);

/** Features that never vary keep their scale. */
async function deviationsOf(rows: Float64Array, features: number, kernels: Kernels): Promise<Float64Array> {
  const x = kernels.tensor('f64', rows, [rows.length / features, features]);
  const { count, m2 } = await kernels.moments(null, x);
  kernels.free(x);
  return m2.map(sum => Math.sqrt(sum / count) || 1);
}
