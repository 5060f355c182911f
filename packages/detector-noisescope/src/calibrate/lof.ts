import { quantileOf } from '@syntrace/core';

/** Nearest training rows of each row: distances ascending with their training rows, both [rows, k], float64 and whole numbers. */
export interface Neighbours {
  readonly distances: Float64Array;
  readonly indices: Float64Array;
}

/** What the local outlier factor keeps of its training rows. */
export interface LofModel {
  readonly neighbours: number;
  /** Distance of each training row to its k-th neighbour, itself excluded. */
  readonly reach: Float64Array;
  /** Local reachability density of each training row. */
  readonly density: Float64Array;
  /** Scores below this are outliers. */
  readonly offset: number;
}

/** Keeps densities finite where rows coincide (scikit-learn's constant). */
const EPSILON = 1e-10;
const CONTAMINATION_PERCENT = 0.01;

/** Fits LOF in novelty mode on the neighbours of the training rows among themselves, each excluded from its own (spec section 7.4). float64, O(n·k) */
export function fitLof(own: Neighbours, k: number): { model: LofModel; scores: Float64Array } {
  const rows = own.distances.length / k;
  const reach = Float64Array.from({ length: rows }, (_, i) => own.distances[i * k + k - 1]!);
  const density = densities(own, k, reach);
  const scores = scoresOf(own, k, density, density);
  const offset = quantileOf(Float64Array.from(scores).sort(), CONTAMINATION_PERCENT / 100);
  return { model: { neighbours: k, reach, density, offset }, scores };
}

/** Scores of new rows by their neighbours among the training rows: about −1 inside, far below outside. A training row at distance 0 counts. */
export function lofScores(found: Neighbours, { neighbours, reach, density }: LofModel): Float64Array {
  return scoresOf(found, neighbours, densities(found, neighbours, reach), density);
}

/** 1/(mean over neighbours of max(reach, distance) + 1e-10). */
function densities({ distances, indices }: Neighbours, k: number, reach: Float64Array): Float64Array {
  return Float64Array.from({ length: distances.length / k }, (_, row) => {
    let sum = 0;
    for (let i = row * k; i < (row + 1) * k; i++) sum += Math.max(reach[indices[i]!]!, distances[i]!);
    return 1 / (sum / k + EPSILON);
  });
}

function scoresOf({ indices }: Neighbours, k: number, own: Float64Array, density: Float64Array): Float64Array {
  return own.map((value, row) => {
    let sum = 0;
    for (let i = row * k; i < (row + 1) * k; i++) sum += density[indices[i]!]!;
    return -(sum / k) / value;
  });
}
