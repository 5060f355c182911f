import { withTensors } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { inverseDct2 } from '../src/inverse-dct.js';
import { drawWhere, largestOf } from '../src/where.js';
import { openHost } from './kernels.js';
import { photograph, pictureOf } from './pictures.js';

const host = openHost();

describe('inverseDct2', () => {
  it.each([
    [8, 8],
    [5, 12],
    [64, 31],
  ])('gives %i×%i samples back', async (height, width) => {
    const samples = Float32Array.from({ length: height * width }, (_, i) => (i * 7919) % 256);
    const back = await host.withRun(({ kernels }) =>
      withTensors(kernels, async keep => {
        const coefficients = keep(await kernels.dct2(keep(kernels.tensor('f32', samples, [height, width]))));
        return kernels.read(await inverseDct2(coefficients, kernels, keep));
      }),
    );
    back.forEach((value, i) => {
      expect(Math.abs(value - samples[i]!)).toBeLessThan(1e-2);
    });
  });
});

describe('drawWhere', () => {
  it('is bright where the chosen coefficients come from', async () => {
    // Stripes of two samples in the left half, nothing in the right one.
    const image = pictureOf(64, 64, x => (x < 32 ? 255 * (x & 1) : 128));
    const window = { x: 0, y: 0, width: 64, height: 64 };
    const chosen = Uint8Array.from({ length: 64 * 64 }, (_, i) => Number(i % 64 > 48));
    const { picture, enlarge } = await host.withRun(run => drawWhere(image, window, chosen, run));
    expect([picture.width, picture.height, enlarge]).toEqual([8, 8, 8]);
    const brightness = (column: number) => {
      let sum = 0;
      for (let row = 0; row < 8; row++) for (let c = 0; c < 3; c++) sum += picture.data[(row * 8 + column) * 4 + c]!;
      return sum;
    };
    for (const left of [0, 1, 2]) for (const right of [5, 6, 7]) expect(brightness(left)).toBeGreaterThan(4 * brightness(right));
  });

  it('of a photograph and no coefficient is dark', async () => {
    const window = { x: 0, y: 0, width: 40, height: 24 };
    const { picture } = await host.withRun(run => drawWhere(photograph(1, 64), window, new Uint8Array(40 * 24), run));
    expect([picture.width, picture.height]).toEqual([5, 3]);
    expect(new Set(picture.data.filter((_, i) => i % 4 !== 3)).size).toBeLessThanOrEqual(3);
  });
});

describe('largestOf', () => {
  it('takes the share with the largest values, and none that pushes the other way', () => {
    expect([...largestOf([3, 1, 2, -5], 0.5)]).toEqual([1, 0, 1, 0]);
    expect([...largestOf([-1, -2], 1)]).toEqual([0, 0]);
  });
});
