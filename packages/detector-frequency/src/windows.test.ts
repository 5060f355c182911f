import { describe, expect, it } from 'vitest';
import { windowsOf } from './windows.js';

const brief = (width: number, height: number) => windowsOf(width, height).map(w => [w.x, w.y, w.width, w.height]);

describe('windowsOf', () => {
  it.each([
    [128, 128, [[0, 0, 128, 128]]],
    [130, 255, [[0, 0, 128, 248]]],
    [256, 256, [[0, 0, 256, 256]]],
    // One more sample, or fifteen, is no reason for a second window.
    [257, 271, [[0, 0, 256, 256]]],
    [
      272,
      200,
      [
        [0, 0, 256, 200],
        [16, 0, 256, 200],
      ],
    ],
    [
      512,
      256,
      [
        [0, 0, 256, 256],
        [256, 0, 256, 256],
      ],
    ],
    [
      256,
      520,
      [
        [0, 0, 256, 256],
        [0, 128, 256, 256],
        [0, 256, 256, 256],
      ],
    ],
  ])('%i×%i', (width, height, expected) => {
    expect(brief(width, height)).toEqual(expected);
  });

  it('never gives more than nine, spread to both ends', () => {
    const windows = windowsOf(6000, 4000);
    expect(windows).toHaveLength(9);
    expect(Math.max(...windows.map(w => w.x + w.width))).toBeGreaterThan(6000 - 16);
    expect(Math.max(...windows.map(w => w.y + w.height))).toBeGreaterThan(4000 - 16);
  });

  it('lies inside, on the lattice, at one size, for every size of picture', () => {
    for (let width = 128; width < 1400; width += 7) {
      for (const height of [128, 256, width]) {
        const windows = windowsOf(width, height);
        for (const { x, y, width: w, height: h } of windows) {
          expect(x + w <= width && y + h <= height, `${width}×${height}`).toBe(true);
          expect([x % 16, y % 16, w % 8, h % 8]).toEqual([0, 0, 0, 0]);
          expect([w, h]).toEqual([windows[0]!.width, windows[0]!.height]);
        }
        expect(new Set(windows.map(w => `${w.x},${w.y}`)).size).toBe(windows.length);
      }
    }
  });
});
