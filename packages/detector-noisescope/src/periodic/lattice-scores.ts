import type { Kernels } from '@syntrace/core';
import { type Residuals, stacked } from '../residuals/residuals.js';

/** Least side whose spectrum holds the surroundings of every lattice point. */
export const leastSide = (period: number): number => 9 * period;

/** How far each lattice frequency stands out of its surroundings, in log power, for each residual: float64 [pictures, points]. */
export async function latticeRows(residuals: Residuals, period: number, kernels: Kernels): Promise<{ rows: Float64Array; points: number }> {
  const { height, width, maps } = residuals;
  const parts: Float64Array[] = [];
  for (let first = 0; first < maps.length; first += AT_ONCE) {
    const indices = Array.from({ length: Math.min(AT_ONCE, maps.length - first) }, (_, i) => first + i);
    const planes = kernels.tensor('f32', stacked(residuals, indices), [indices.length, height, width]);
    const peaks = await kernels.latticePeaks(planes, period);
    parts.push(await kernels.read(peaks));
    kernels.free(planes, peaks);
  }
  const points = parts[0]!.length / Math.min(AT_ONCE, maps.length);
  const rows = new Float64Array(maps.length * points);
  let at = 0;
  for (const part of parts) {
    rows.set(part, at);
    at += part.length;
  }
  return { rows, points };
}

/** Residuals sent to the kernels at one time. */
const AT_ONCE = 32;

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
