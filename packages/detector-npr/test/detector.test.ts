import { type Artifact, type Image, logistic, parametersOf, type Score } from '@syntrace/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { generated, photograph } from '../../detector-frequency/test/pictures.js';
import { nprDetector } from '../src/detector.js';
import type { NprEvidence } from '../src/evidence.js';
import npr from '../src/index.js';
import { type Look, show } from '../src/looks.js';
import { NPR_NETWORK } from '../src/network.js';
import { runtime } from './platform/node.js';
import { seededWeights } from './seeded.js';

const host = openHost();
const models = runtime();
let weights: Artifact;
beforeAll(async () => {
  weights = await seededWeights(models);
});
afterAll(() => models.close());

async function judge(images: readonly Image[], look?: Look): Promise<readonly Score<NprEvidence>[]> {
  const open = await nprDetector({ weights, ...(look && { look }) }).open({ ...host.context, models });
  try {
    return await host.withRun(run => open.detect(images, run));
  } finally {
    await open.close();
  }
}

it('has the parameters of the paper’s network', () => {
  const sizes = parametersOf(NPR_NETWORK).map(({ shape, role }) => ({ role, size: shape.reduce((a, b) => a * b, 1) }));
  // 122 float entries; running statistics are not trained.
  expect(sizes).toHaveLength(122);
  const trained = sizes.filter(({ role }) => role !== 'mean' && role !== 'variance');
  expect(trained.reduce((sum, { size }) => sum + size, 0)).toBe(1_437_761);
});

describe('the shipped weights', () => {
  it('judge when the detector is named, and tell on what they rest', async () => {
    expect(npr.detectors).toMatchObject([{ id: 'npr', unit: 'image', byDefault: false, requires: { minimumSize: { width: 32, height: 32 } } }]);
    const card = await npr.detectors![0]!.card!(host.context);
    expect(card).toMatchObject({ detector: 'npr', calibration: { method: 'platt' }, realScoreQuantiles: expect.any(Array) });
    const open = await npr.detectors![0]!.open({ ...host.context, models });
    const [score] = await host.withRun(run => open.detect([photograph(1, 160)], run));
    await open.close();
    expect(score).toMatchObject({ threshold: card.threshold, verdict: score!.score! > card.threshold ? 'synthetic' : 'real' });
    expect(score!.probability).toBeGreaterThan(0);
  });

  it('need a model runtime; weights of one’s own make it a default detector', async () => {
    await expect(nprDetector().open(host.context)).rejects.toMatchObject({ code: 'MODEL_RUNTIME_MISSING' });
    expect(nprDetector({ weights }).byDefault).toBe(true);
  });
});

describe('a verdict', () => {
  it('is the mean over its tiles, each of which it names', async () => {
    const [score] = await judge([photograph(1, 520, 64)]);
    const { tiles, look, sigmoid } = score!.evidence;
    expect(look).toBe('tiles');
    expect(tiles).toMatchObject([0, 132, 264].map(x => ({ x, y: 0, width: 256, height: 64 })));
    expect(score!.score).toBeCloseTo(tiles.reduce((sum, tile) => sum + tile.score, 0) / tiles.length, 5);
    expect(sigmoid).toBeCloseTo(logistic(score!.score!), 9);
    expect(score!.probability).toBeNull();
    expect(score!.verdict).toBe(score!.score! > 0 ? 'synthetic' : 'real');
    expect(score!.statements).toEqual([expect.stringMatching(/of 3 tiles/)]);
  });

  it('is the same in a batch and alone, whatever the sizes beside it', async () => {
    const images = [photograph(1, 96), photograph(2, 97, 65), generated(3, 96), photograph(4, 96, 96, 1)];
    const together = await judge(images);
    for (const [i, image] of images.entries()) {
      const [alone] = await judge([image]);
      expect(alone!.score!).toBeCloseTo(together[i]!.score!, 4);
    }
  });

  it('of a grey picture is that of the same samples in three channels', async () => {
    const grey = photograph(5, 64, 64, 1);
    const colour: Image = { ...grey, channels: 3, data: Uint8Array.from({ length: 3 * grey.data.length }, (_, i) => grey.data[Math.floor(i / 3)]!) };
    const [a, b] = await judge([grey, colour]);
    expect(a!.score).toBeCloseTo(b!.score!, 6);
  });

  it('of doubled samples is the one of no residual at all', async () => {
    const [a, b] = await judge([generated(1, 64), generated(2, 64)]);
    expect(a!.score).toBeCloseTo(b!.score!, 5);
    expect(a!.warnings).toMatchObject([{ code: 'NPR_SMALL' }]);
  });
});

describe('the published looks', () => {
  it('whole: one window, without an odd last row or column', async () => {
    const [score] = await judge([photograph(1, 101, 63)], 'whole');
    expect(score!.evidence.tiles.map(({ score: _, ...window }) => window)).toEqual([{ x: 0, y: 0, width: 100, height: 62 }]);
  });

  it('genimage: the middle of a large picture, and of a small one repeated', async () => {
    const tiled = photograph(2, 100, 150);
    const [large, small] = await host.withRun(run => Promise.all([photograph(1, 301, 260), tiled].map(image => show(image, 'genimage', run))));
    expect(large!.windows).toEqual([{ x: 38, y: 18, width: 224, height: 224 }]);
    expect(small!.windows).toEqual([{ x: 38, y: 38, width: 224, height: 224 }]);
    const { image } = small!;
    expect([image.width, image.height]).toEqual([300, 300]);
    const at = (x: number, y: number, c: number) => tiled.data[((y % 150) * 100 + (x % 100)) * 3 + c]!;
    expect(image.data).toEqual(Uint8Array.from({ length: 300 * 300 * 3 }, (_, i) => at(Math.floor(i / 3) % 300, Math.floor(i / 900), i % 3)));
  });

  it('an unknown one is refused', () => {
    expect(() => nprDetector({ look: 'squint' as Look })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('an explanation', () => {
  it.each([
    [520, 64, 3],
    [64, 80, 3],
    [66, 300, 1],
  ] as const)('of %i×%i is the map of tiles over the picture, and the residual magnified', async (width, height, channels) => {
    const open = await nprDetector({ weights }).open({ ...host.context, models });
    const pictures = await host.withRun(run => open.explain!(photograph(1, width, height, channels), run));
    await open.close();
    expect(pictures.map(({ id }) => id)).toEqual(['npr.tiles', 'npr.residual']);
    for (const { picture } of pictures) {
      expect(picture.data).toHaveLength(4 * picture.width * picture.height);
      expect(picture.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    }
    const [map, residual] = pictures;
    expect(Math.max(map!.picture.width, map!.picture.height)).toBeLessThanOrEqual(320);
    // The upper left sample of each cell is nought: the darkest colour.
    const { width: side, data } = residual!.picture;
    const at = (x: number, y: number) => data.subarray(4 * (y * side + x), 4 * (y * side + x) + 3).join();
    for (let y = 0; y < 20; y += 2) for (let x = 0; x < 20; x += 2) expect(at(x, y)).toBe(at(0, 0));
    expect(new Set(Array.from({ length: 20 }, (_, x) => at(x, 1))).size).toBeGreaterThan(3);
  });
});
