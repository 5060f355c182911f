import { type Kernels, quantileOf } from '@syntrace/core';
import type { Prepared } from '../calibrate/prepare.js';
import type { Residuals } from '../residuals/residuals.js';
import { exceedance } from './exceedance.js';
import { type LatticeReference, latticeRows, latticeScores, leastSide } from './lattice-scores.js';

/** Pictures that share a pattern of a few samples, which PCE cannot see: it repeats at other lags and counts as noise there (spec section 4). */
export interface Periodic {
  readonly period: number;
  readonly members: ReadonlySet<number>;
  readonly scores: Float64Array;
  readonly referenceScores: Float64Array;
  /** Percentile of the reference scores; members lie above it. */
  readonly threshold: number;
  /** Chance that a pile of photographs alone has as many members. */
  readonly chance: number;
}

/** Patterns of 8 samples and of their divisors. */
const PERIOD = 8;
const LEAST_MEMBERS = 10;
/** Chance at which a group counts as found. */
const SURE = 1e-6;

/** Looks for a group of pictures with more power on the lattice of periods 2, 4 and 8 than photographs have there (JPEG blocks are in both).
 *  `null` when there are no more than photographs would give by chance, or sides are too small. `onLooked` hears how
 *  many pictures have been looked at. O(n·hw·log hw) */
export async function findPeriodic(
  residuals: Residuals,
  { reference, settings }: Prepared,
  kernels: Kernels,
  onLooked?: (done: number) => void,
): Promise<Periodic | null> {
  if (Math.min(residuals.height, residuals.width) < leastSide(PERIOD)) return null;
  const { rows: known, points } = await latticeRows(reference, PERIOD, kernels);
  const scale = await scaleOf(known, points, kernels);
  const referenceScores = latticeScores(known, points, scale);
  const threshold = quantileOf(Float64Array.from(referenceScores).sort(), settings.percentile / 100);
  const scores = latticeScores((await latticeRows(residuals, PERIOD, kernels, onLooked)).rows, points, scale);
  const members = new Set([...scores.keys()].filter(i => scores[i]! > threshold));
  const chance = exceedance(members.size, scores.length, referenceScores.filter(score => score > threshold).length, referenceScores.length);
  return members.size >= LEAST_MEMBERS && chance < SURE ? { period: PERIOD, members, scores, referenceScores, threshold, chance } : null;
}

async function scaleOf(rows: Float64Array, points: number, kernels: Kernels): Promise<LatticeReference> {
  const x = kernels.tensor('f64', rows, [rows.length / points, points]);
  const { count, mean, m2 } = await kernels.moments(null, x);
  kernels.free(x);
  return { mean, deviation: m2.map(sum => Math.sqrt(sum / count) || 1) };
}
