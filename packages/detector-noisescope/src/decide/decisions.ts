import { type Kernels, quantileOf } from '@syntrace/core';
import type { Cluster } from '../cluster/rounds.js';
import { meansOf } from '../numerics/means.js';
import { pceAgainst } from '../numerics/pce-against.js';
import { pceOfMembers } from '../numerics/pce-of-members.js';
import type { HeldResiduals, Residuals } from '../residuals/residuals.js';

/** How every picture compares with the fingerprints of the clusters that were found synthetic. */
export interface Decisions {
  /** Mean residual of each flagged cluster's members. */
  readonly fingerprints: HeldResiduals;
  /** PCE [pictures, fingerprints]. */
  readonly pce: Float64Array;
  /** Largest PCE of each picture. */
  readonly scores: Float64Array;
  /** Fingerprint of the largest PCE. */
  readonly nearest: Uint32Array;
  /** Percentile of the reference pictures' scores: above it a picture is synthetic. */
  readonly threshold: number;
  readonly referenceScores: Float64Array;
}

export interface DecideOptions {
  readonly percentile: number;
  /** Score members against the mean of the other members. */
  readonly leaveOneOut: boolean;
  /** Hears how many pictures have been compared with the fingerprints. */
  readonly onCompared?: (done: number) => void;
}

/** Scores all pictures against the flagged clusters' fingerprints (spec section 8). O((pictures + references) · fingerprints) correlations */
export async function decide(
  flagged: readonly Cluster[],
  residuals: Residuals,
  reference: Residuals,
  { percentile, leaveOneOut, onCompared }: DecideOptions,
  kernels: Kernels,
): Promise<Decisions> {
  const fingerprints = await meansOf(kernels, residuals, flagged);
  const pce = await pceAgainst(kernels, fingerprints, residuals, onCompared);
  if (leaveOneOut)
    for (const [column, members] of flagged.entries()) {
      const own = await pceOfMembers(kernels, residuals, members);
      for (const [i, member] of members.entries()) pce[member * flagged.length + column] = own[i]!;
    }
  const { scores, nearest } = largest(pce, flagged.length);
  const { scores: referenceScores } = largest(await pceAgainst(kernels, fingerprints, reference), flagged.length);
  return { fingerprints, pce, scores, nearest, referenceScores, threshold: quantileOf(Float64Array.from(referenceScores).sort(), percentile / 100) };
}

/** Largest value of each row and where it stands. */
export function largest(values: Float64Array, columns: number): { scores: Float64Array; nearest: Uint32Array } {
  const rows = values.length / columns;
  const scores = new Float64Array(rows);
  const nearest = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const of = values.subarray(row * columns, (row + 1) * columns);
    for (let column = 1; column < columns; column++) if (of[column]! > of[nearest[row]!]!) nearest[row] = column;
    scores[row] = of[nearest[row]!]!;
  }
  return { scores, nearest };
}
