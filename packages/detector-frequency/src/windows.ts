import type { Window } from '@syntrace/core';

/** Side of a window; the model was fitted on it. */
export const WINDOW = 256;
/** Least side that is judged: below, too few tiles are left for a statistic. */
export const LEAST_SIDE = 128;
/** Positions are multiples of this, so that windows keep the phase of 8×8 and 16×16 lattices. */
const GRID = 16;
/** Most windows along one side. */
const MOST = 3;

/** Windows of one size that spread over the picture. A side of `most` or more gets up to three positions, a smaller one is used whole
 *  (cut to a multiple of 8). At most nine windows, whatever the size of the picture. */
export function windowsOf(width: number, height: number, most: number = WINDOW): readonly Window[] {
  const [xs, ys] = [positions(width, most), positions(height, most)];
  return ys.starts.flatMap(y => xs.starts.map(x => ({ x, y, width: xs.side, height: ys.side })));
}

function positions(side: number, most: number): { side: number; starts: readonly number[] } {
  if (side < most) return { side: side - (side % 8), starts: [0] };
  const count = Math.min(MOST, Math.ceil(side / most));
  const room = side - most;
  const starts = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.floor((room * i) / (count - 1) / GRID) * GRID));
  return { side: most, starts: [...new Set(starts)] };
}
