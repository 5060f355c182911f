import { seededRandom } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { labelOf, peaksOf, periodText } from './peaks.js';
import { halved, wholePlane } from './planes.js';
import { peakSentence } from './words.js';

const SIDE = 64;
/** Noise with single values set, around the zero frequency in the middle. */
function plane(...set: readonly (readonly [fx: number, fy: number, value: number])[]) {
  const { next } = seededRandom(1, 'plane');
  const values = Float32Array.from({ length: SIDE * SIDE }, () => next());
  const place = (f: number) => (Math.round(f * SIDE) + SIDE / 2 + SIDE) % SIDE;
  for (const [fx, fy, value] of set) values[place(fy) * SIDE + place(fx)] = value;
  return { side: SIDE, values };
}

describe('peaksOf', () => {
  it('finds what stands out, of a frequency and its negative one, and calls it by its period', () => {
    const peaks = peaksOf(plane([0.125, 0, 30], [-0.125, 0, 30], [-0.25, 0.5, 20], [0.25, 0.5, 20]));
    expect(peaks.map(labelOf)).toEqual(['8', '4×2']);
    expect(peakSentence(peaks, 'sdxl')).toBe(
      'In the noise a regular grid repeats every 8 pixels, 2 pixels, which is also in pictures of sdxl; period 8 is left by JPEG coding, and by generators that build a picture out of blocks of 8 pixels.',
    );
  });

  it('finds none in noise, and none at the lowest frequencies', () => {
    expect(peaksOf(plane())).toEqual([]);
    expect(peaksOf(plane([1 / SIDE, 1 / SIDE, 100]))).toEqual([]);
    expect(peakSentence([], 'sdxl')).toContain('No single frequency stands out');
  });

  it('takes periods within a fiftieth of a whole number for whole', () => {
    expect([8, 7.9, 7.5, 16.3].map(periodText)).toEqual(['8', '8', '7.5', '16']);
  });
});

describe('planes', () => {
  it('the half with fx ≤ 0 and its mirror image make the whole, as the spectrum of a real plane is', () => {
    const [height, width] = [6, 4];
    const half = Float32Array.from({ length: 3 * height * width }, (_, i) => i % (height * width));
    const { side, values } = wholePlane(half, height, width);
    expect(side).toBe(6);
    for (let y = 1; y < side; y++) for (let x = 4; x < side; x++) expect(values[y * side + x]).toBe(values[(side - y) * side + (side - x)]);
    // The first row and column are their own negatives' rows and columns.
    expect(values[4]).toBe(values[side - 4]);
    expect([...values.subarray(side, side + 4)]).toEqual([4, 5, 6, 7]);
  });

  it('at half the side a peak stays where only the largest count', () => {
    const whole = plane([0.25, 0.25, 50]);
    expect(Math.max(...halved(whole, 'largest').values)).toBe(50);
    expect(Math.max(...halved(whole, 'mean').values)).toBeLessThan(14);
  });
});
