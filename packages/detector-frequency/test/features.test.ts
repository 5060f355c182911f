import { describe, expect, it } from 'vitest';
import { FEATURE_COUNT, featuresOf, standardOf } from '../src/features.js';
import { openHost } from './kernels.js';
import { photograph, pictureOf } from './pictures.js';
import { plainFeatures } from './plain-features.js';

const host = openHost();

describe('featuresOf', () => {
  it.each([
    ['colour', photograph(1, 40, 24), [{ x: 0, y: 0, width: 40, height: 24 }]],
    ['grey', photograph(2, 24, 32, 1), [{ x: 0, y: 0, width: 24, height: 32 }]],
    ['flat', pictureOf(16, 16, () => 200), [{ x: 0, y: 0, width: 16, height: 16 }]],
    ['black', pictureOf(24, 24, () => 0), [{ x: 0, y: 0, width: 24, height: 24 }]],
    [
      'two windows',
      photograph(3, 48, 32),
      [
        { x: 0, y: 0, width: 24, height: 24 },
        { x: 21, y: 7, width: 24, height: 24 },
      ],
    ],
  ])('%s: what the definition says, in float64', async (_, image, windows) => {
    const values = await host.withRun(async run => {
      const features = await featuresOf(image, windows, run);
      expect(features.shape).toEqual([windows.length, FEATURE_COUNT]);
      const read = await run.kernels.read(features);
      run.kernels.free(features);
      return read;
    });
    const expected = windows.flatMap(window => plainFeatures(image, window));
    const worst = Math.max(...expected.map((value, i) => Math.abs(value - values[i]!)));
    // Where a coefficient is nought, float32 leaves about 1e-5 of the samples' size, and the logarithm of 0.3 triples that.
    expect(worst).toBeLessThan(5e-4);
  });

  it('refuses a window smaller than a tile, and one outside the picture', async () => {
    for (const window of [
      { x: 0, y: 0, width: 12, height: 24 },
      { x: 8, y: 0, width: 24, height: 24 },
    ]) {
      await expect(host.withRun(run => featuresOf(photograph(1, 24), [window], run))).rejects.toMatchObject({ code: expect.stringMatching(/^KERNEL_/) });
    }
  });
});

it('standardOf gives mean and population deviation, and a floor for what never changes', async () => {
  const rows = Float32Array.from({ length: 3 * FEATURE_COUNT }, (_, i) => (i % FEATURE_COUNT === 0 ? 5 : Math.floor(i / FEATURE_COUNT)));
  const { mean, deviation } = await standardOf(host.context.kernels, rows, 1e-3, FEATURE_COUNT);
  expect([mean[0], mean[1]]).toEqual([5, 1]);
  expect(deviation[0]).toBeCloseTo(1e-3, 7);
  expect(deviation[1]).toBeCloseTo(Math.sqrt(2 / 3) + 1e-3, 6);
});
