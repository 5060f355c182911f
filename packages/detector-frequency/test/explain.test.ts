import type { Explanation } from '@syntrace/core';
import { decode, encodePng } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { open } from '../src/detector.js';
import { explain, luminanceSpectrum, pushMap } from '../src/explain.js';
import { modelOf } from '../src/model.js';
import { shippedArtifact } from '../src/shipped.js';
import { openHost } from './kernels.js';
import { generated, photograph, pictureOf } from './pictures.js';

const host = openHost();
const shipped = async () => modelOf(await shippedArtifact());
const explained = async (...args: Parameters<typeof photograph>): Promise<readonly Explanation[]> => {
  const model = await shipped();
  return host.withRun(run => explain(photograph(...args), model, run));
};

describe('an explanation', () => {
  it.each([
    [256, 256, 32, 32],
    [128, 200, 16, 25],
    [700, 300, 32, 32],
  ])('of a picture of %i×%i is four pictures that can be drawn', async (width, height, columns, rows) => {
    const explanations = await explained(1, width, height);
    expect(explanations.map(({ id, picture }) => [id, picture.width, picture.height])).toEqual([
      ['frequency.spectrum', 64, 64],
      ['frequency.difference', 64, 64],
      ['frequency.push', 16, 16],
      ['frequency.where', columns, rows],
    ]);
    for (const { id, picture, title, description, scale, enlarge } of explanations) {
      expect(picture.data).toHaveLength(4 * picture.width * picture.height);
      expect([...picture.data].every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
      expect(new Set(picture.data).size).toBeGreaterThan(10);
      expect(picture.width * (enlarge ?? 1)).toBe(id === 'frequency.where' ? 8 * columns : 256);
      for (const words of [title, description, scale?.low, scale?.high]) expect(words).toBeTruthy();
    }
  });

  it('comes back from a PNG as it was', async () => {
    for (const { picture } of await explained(1, 256)) {
      const { width, height, data } = await decode(await encodePng(picture));
      expect([width, height]).toEqual([picture.width, picture.height]);
      expect(data).toEqual(picture.data.filter((_, i) => i % 4 !== 3));
    }
  });

  it('is the same again, and another for another picture', async () => {
    const [a, again, b] = [await explained(1, 256), await explained(1, 256), await explained(2, 256)];
    expect(again).toEqual(a);
    expect(b[2]!.picture.data).not.toEqual(a[2]!.picture.data);
  });
});

describe('pushMap', () => {
  it.each([
    ['one window', generated(1, 256)],
    ['several windows', generated(2, 400, 300)],
    ['a small picture', photograph(3, 136)],
  ])('adds up, with the bias, to the score: %s', async (_, image) => {
    const model = await shipped();
    const detector = open(model, host.context);
    const { push, score } = await host.withRun(async run => {
      const [result] = await detector.detect([image], run);
      return { push: await pushMap(image, model, run), score: result!.score! };
    });
    await detector.close();
    expect(push.reduce((sum, value) => sum + value, 0) + model.bias[0]!).toBeCloseTo(score, 3);
  });
});

describe('luminanceSpectrum', () => {
  it('of a flat picture has energy at frequency nought alone', async () => {
    const spectrum = await host.withRun(run =>
      luminanceSpectrum(
        pictureOf(128, 128, () => 100),
        run,
      ),
    );
    // The DCT of a 64×64 tile of 100 is 64·100 at [0,0]; the logarithm of 0.3 is where nothing is.
    expect(spectrum[0]).toBeCloseTo(Math.log(6400.3), 4);
    for (const value of spectrum.subarray(1)) expect(value).toBeCloseTo(Math.log(0.3), 2);
  });

  it('of stripes has a peak at their frequency', async () => {
    // Two samples on, two off: the 32nd of 64 cosines.
    const spectrum = await host.withRun(run =>
      luminanceSpectrum(
        pictureOf(128, 128, x => ((x + 1) & 2 ? 0 : 255)),
        run,
      ),
    );
    const row = Array.from(spectrum.subarray(1, 64));
    expect(row.indexOf(Math.max(...row)) + 1).toBe(32);
  });
});
