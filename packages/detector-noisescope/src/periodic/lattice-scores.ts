import type { Kernels } from '@syntrace/core';
import { blocksOf, taken, withPlanes } from '../numerics/blocks.js';
import type { Residuals } from '../residuals/residuals.js';

/** Least side whose spectrum holds the surroundings of every lattice point. */
export const leastSide = (period: number): number => 9 * period;

/** How far each lattice frequency stands out of its surroundings, in log power, for each residual: float64 [pictures, points]. */
export async function latticeRows(
  residuals: Residuals,
  period: number,
  kernels: Kernels,
  onBlock: (done: number) => void = () => {},
): Promise<{ rows: Float64Array; points: number }> {
  const parts: Float64Array[] = [];
  for (const block of blocksOf(residuals)) {
    parts.push(await withPlanes(kernels, residuals, block, planes => taken(kernels, kernels.latticePeaks(planes, period))));
    onBlock(block.at(-1)! + 1);
  }
  const rows = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    rows.set(part, at);
    at += part.length;
  }
  return { rows, points: rows.length / residuals.count };
}

/** Mean and deviation of each lattice point on the reference. */
export interface LatticeReference {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Sum of the three largest standard scores of a row: a pattern fills a few points, noise none. */
export function latticeScores(rows: Float64Array, points: number, { mean, deviation }: LatticeReference): Float64Array {
  return Float64Array.from({ length: rows.length / points }, (_, row) => {
    const z = rows.subarray(row * points, (row + 1) * points).map((value, i) => (value - mean[i]!) / deviation[i]!);
    return z
      .sort()
      .subarray(-TOP)
      .reduce((sum, value) => sum + value, 0);
  });
}

const TOP = 3;
