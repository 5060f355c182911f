import type { Kernels, Moments } from '@syntrace/core';
import { LOG_EPS } from '../prepare/options.js';
import type { SpectrumMoments } from './collect.js';
import { varianceOf } from './running.js';

/** What a map shows. The first five are the published statistics (spec: log of the absolute MEAN coefficient, not the mean of the logs).
 *  - `mean`: ln(|mean coefficient| + 1e-12); `std`: ln(deviation + 1e-12)
 *  - `mean-difference`: `mean` of the first set − `mean` of this; `mean-difference-abs`: its absolute value; `mean-ratio`: the first's `mean` over this one's
 *  - `mean-log`, `std-log`: mean and deviation of ln(|coefficient| + 1e-12); `mean-log-difference`: this set's `mean-log` − the first's, `-abs`: its absolute
 *    value; `mean-log-ratio`: the first's `mean-log` over this one's */
export type MapKind =
  | 'mean'
  | 'std'
  | 'mean-difference'
  | 'mean-difference-abs'
  | 'mean-ratio'
  | 'mean-log'
  | 'std-log'
  | 'mean-log-difference'
  | 'mean-log-difference-abs'
  | 'mean-log-ratio';

/** A statistic of one set over frequency: [channel, row, column], [0,0] the mean brightness. */
export interface SpectrumMap {
  readonly kind: MapKind;
  readonly set: string;
  readonly shape: readonly [channels: number, height: number, width: number];
  readonly values: Float64Array;
}

/** Radial profile of the mean log-spectrum with its deviation over pictures: [channel, radius]. */
export interface Profile {
  readonly set: string;
  readonly channels: number;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

const deviationOf = (moments: Moments): Float64Array => varianceOf(moments).map(Math.sqrt);

/** The maps of a set; `reference` is the first set, absent for itself. O(coefficients) */
export async function mapsOf(set: string, moments: SpectrumMoments, reference: SpectrumMoments | null, kernels: Kernels): Promise<readonly SpectrumMap[]> {
  const { shape } = moments;
  const map = (kind: MapKind, values: Float64Array): SpectrumMap => ({ kind, set, shape, values });
  const mean = await logOf(moments.coefficients.mean, kernels);
  const own = [
    map('mean', mean),
    map('std', await logOf(deviationOf(moments.coefficients), kernels)),
    map('mean-log', moments.logs.mean),
    map('std-log', deviationOf(moments.logs)),
  ];
  if (!reference) return own;
  const first = await logOf(reference.coefficients.mean, kernels);
  const difference = first.map((value, i) => value - mean[i]!);
  const logDifference = moments.logs.mean.map((value, i) => value - reference.logs.mean[i]!);
  return [
    ...own,
    map('mean-difference', difference),
    map('mean-difference-abs', difference.map(Math.abs)),
    map(
      'mean-ratio',
      first.map((value, i) => value / mean[i]!),
    ),
    map('mean-log-difference', logDifference),
    map('mean-log-difference-abs', logDifference.map(Math.abs)),
    map(
      'mean-log-ratio',
      moments.logs.mean.map((value, i) => reference.logs.mean[i]! / value),
    ),
  ];
}

export const profileOf = (set: string, { shape, profiles }: SpectrumMoments): Profile => ({
  set,
  channels: shape[0],
  mean: profiles.mean,
  deviation: deviationOf(profiles),
});

/** ln(|x| + 1e-12) */
async function logOf(values: Float64Array, kernels: Kernels): Promise<Float64Array> {
  const x = kernels.tensor('f64', values, [values.length]);
  const logs = await kernels.logAbs(x, LOG_EPS).finally(() => kernels.free(x));
  return kernels.read(logs).finally(() => kernels.free(logs));
}
