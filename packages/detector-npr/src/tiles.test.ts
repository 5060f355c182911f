import { describe, expect, it } from 'vitest';
import { tilesOf } from './tiles.js';

const brief = (width: number, height: number) => tilesOf(width, height).map(t => [t.x, t.y, t.width, t.height]);

describe('tilesOf', () => {
  it.each([
    [256, 256, [[0, 0, 256, 256]]],
    [213, 161, [[0, 0, 212, 160]]],
    [33, 32, [[0, 0, 32, 32]]],
    [
      257,
      256,
      // One more column: two tiles that begin at the same even place are one.
      [[0, 0, 256, 256]],
    ],
    [
      513,
      200,
      [
        [0, 0, 256, 200],
        [128, 0, 256, 200],
        [256, 0, 256, 200],
      ],
    ],
  ])('%i×%i', (width, height, expected) => {
    expect(brief(width, height)).toEqual(expected);
  });

  it('lie inside at even places, of one size with even sides, nine at most, to both ends', () => {
    for (let width = 32; width < 1600; width += 13)
      for (const height of [32, 255, 256, 257, width]) {
        const tiles = tilesOf(width, height);
        expect(tiles.length).toBeLessThanOrEqual(9);
        for (const { x, y, width: w, height: h } of tiles) {
          expect(x + w <= width && y + h <= height).toBe(true);
          expect([x % 2, y % 2, w % 2, h % 2]).toEqual([0, 0, 0, 0]);
          expect([w, h]).toEqual([tiles[0]!.width, tiles[0]!.height]);
        }
        expect(Math.max(...tiles.map(({ x, width: w }) => x + w))).toBeGreaterThan(width - 2);
        expect(new Set(tiles.map(({ x, y }) => `${x},${y}`)).size).toBe(tiles.length);
      }
  });
});
