import type { Plane } from './planes.js';

/** A frequency that stands out, in cycles a sample. */
export interface Peak {
  readonly fx: number;
  readonly fy: number;
}

/** Frequencies nearer to nought than this are the picture's own shapes. */
const LEAST = 0.04;
/** Deviations (by the median of the distances from the median) that a peak stands above all, and above what lies around it. */
const STANDS_OUT = 8;
const REACH = 2;
/** Samples on either side that lie around a peak: a broad hump is none. */
const AROUND = 6;
/** A component below this is taken for nought: no grid has such a period. */
const NOUGHT = 0.02;
const MOST = 4;

/** The peaks of a plane, highest first; of a frequency and its negative one. None where nothing stands out. O(n log n) */
export function peaksOf({ side, values }: Plane): readonly Peak[] {
  const middle = Math.floor(side / 2);
  const far = (x: number, y: number) => Math.hypot(x - middle, y - middle) >= LEAST * side;
  const inside = values.filter((_, i) => far(i % side, Math.floor(i / side)));
  const median = medianOf(inside);
  const spread = 1.4826 * medianOf(inside.map(value => Math.abs(value - median)));
  const bound = median + STANDS_OUT * Math.max(spread, 1e-12);
  const found: (Peak & { readonly value: number })[] = [];
  for (let y = 0; y < side; y++)
    for (let x = 0; x <= middle; x++) {
      const value = values[y * side + x]!;
      if (value <= bound || !far(x, y) || (x === middle && y > middle) || !isHighest(values, side, x, y)) continue;
      if (value - meanAround(values, side, x, y) <= STANDS_OUT * spread) continue;
      const [fx, fy] = [(x - middle) / side, (y - middle) / side].map(f => (Math.abs(f) < NOUGHT ? 0 : f)) as [number, number];
      found.push({ fx, fy, value });
    }
  return found
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST)
    .map(({ fx, fy }) => ({ fx, fy }));
}

function isHighest(values: Float32Array, side: number, x: number, y: number): boolean {
  const value = values[y * side + x]!;
  for (let dy = -REACH; dy <= REACH; dy++)
    for (let dx = -REACH; dx <= REACH; dx++) {
      // Spectra go round: the frequency beside one half is minus one half.
      const other = values[((y + dy + side) % side) * side + ((x + dx + side) % side)]!;
      if (other > value) return false;
    }
  return true;
}

/** The mean of what lies around a sample, less the sample and its neighbours. */
function meanAround(values: Float32Array, side: number, x: number, y: number): number {
  let [sum, count] = [0, 0];
  for (let dy = -AROUND; dy <= AROUND; dy++)
    for (let dx = -AROUND; dx <= AROUND; dx++) {
      if (Math.max(Math.abs(dx), Math.abs(dy)) <= REACH) continue;
      sum += values[((y + dy + side) % side) * side + ((x + dx + side) % side)]!;
      count++;
    }
  return sum / count;
}

function medianOf(values: Float32Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? 0;
}

/** Period in samples along x and y; `null` where it does not change along that side. */
export const periodOf = ({ fx, fy }: Peak): { readonly x: number | null; readonly y: number | null } => ({
  x: fx === 0 ? null : 1 / Math.abs(fx),
  y: fy === 0 ? null : 1 / Math.abs(fy),
});

/** A period in words of digits: whole where it is within a fiftieth. */
export function periodText(period: number): string {
  const whole = Math.round(period);
  return Math.abs(period - whole) <= whole / 50 ? `${whole}` : period.toFixed(1);
}

/** Short label of a peak: its period, or both. */
export function labelOf(peak: Peak): string {
  const { x, y } = periodOf(peak);
  return [x, y].flatMap(each => (each === null ? [] : [periodText(each)])).join('×');
}
