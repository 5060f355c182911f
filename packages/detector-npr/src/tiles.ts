import type { Window } from '@syntrace/core';

/** Side of a tile: the size on which the published network was tested. */
export const TILE = 256;
/** Most tiles along one side. */
const MOST = 3;

/** Tiles that spread over the picture, at even places so that none moves the 2×2 cells. A side below 256 is used whole (without an odd last row or
 *  column); a longer one gets as many tiles as cover it, at most three. */
export function tilesOf(width: number, height: number): readonly Window[] {
  const [xs, ys] = [along(width), along(height)];
  return ys.starts.flatMap(y => xs.starts.map(x => ({ x, y, width: xs.side, height: ys.side })));
}

function along(length: number): { side: number; starts: readonly number[] } {
  if (length < TILE) return { side: length - (length % 2), starts: [0] };
  const count = Math.min(MOST, Math.ceil(length / TILE));
  const room = length - TILE;
  const starts = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : 2 * Math.floor((room * i) / (count - 1) / 2)));
  return { side: TILE, starts: [...new Set(starts)] };
}
