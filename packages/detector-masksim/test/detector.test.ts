import type { Image } from '@syntrace/core';
import { afterAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { generated, photograph, pictureOf } from '../../detector-frequency/test/pictures.js';
import { maskSimDetector } from '../src/detector.js';
import { UNKNOWN_GENERATOR } from '../src/evidence.js';
import maskSim from '../src/index.js';
import type { WindowCard } from '../src/model/model.js';
import { SHIPPED_LEAST as LEAST } from '../src/model/shipped.js';
import { CENTRED, DNCNN, marginOf, multiplyAdds, OWN } from '../src/network/networks.js';
import { runtime } from './platform/node.js';

const host = openHost();
const models = runtime();
afterAll(() => models.close());

async function judge(images: readonly Image[]) {
  const open = await maskSimDetector().open({ ...host.context, models });
  try {
    return await host.withRun(run => open.detect(images, run));
  } finally {
    await open.close();
  }
}

describe('the denoisers', () => {
  it('the published one has the multiply-adds of the specification, the own one less than a twentieth', () => {
    expect(multiplyAdds(DNCNN, 512) / 1e9).toBeCloseTo(135.8, 1);
    expect(multiplyAdds(DNCNN, 256) / 1e9).toBeCloseTo(31.6, 1);
    expect([marginOf(DNCNN), marginOf(CENTRED), marginOf(OWN)]).toEqual([17, 17, 8]);
    expect(multiplyAdds(DNCNN, 512) / multiplyAdds(OWN, 512)).toBeGreaterThan(20);
  });
});

describe('the shipped weights', () => {
  it('judge when the detector is named, and tell on what they rest', async () => {
    expect(maskSim.detectors).toMatchObject([{ id: 'masksim', unit: 'image', byDefault: false, requires: { minimumSize: { width: LEAST, height: LEAST } } }]);
    const card = await maskSim.detectors![0]!.card!(host.context);
    expect(card).toMatchObject({ detector: 'masksim', realScoreQuantiles: expect.any(Array), trainingData: expect.any(Array) });
    const [score] = await judge([photograph(1, LEAST + 44, LEAST + 14)]);
    const { window, generators, resembles } = score!.evidence;
    expect(window).toEqual({ x: 16, y: 0, width: LEAST, height: LEAST });
    const own = (card.preprocessing.windows as readonly WindowCard[]).find(each => each.window === LEAST)!;
    const most = Math.max(...generators.map(({ standardised }) => standardised));
    expect(score!.score).toBeCloseTo(most - own.meaning.threshold + card.threshold, 9);
    expect(score!.threshold).toBe(card.threshold);
    expect(score!.verdict).toBe(score!.score! > score!.threshold! ? 'synthetic' : 'real');
    for (const { similarity, channels, probability, falsePositiveRate } of generators) {
      expect(similarity).toBeCloseTo(channels.reduce((a, b) => a + b) / 3, 9);
      expect(probability).toBeGreaterThan(0);
      expect(falsePositiveRate).toBeGreaterThanOrEqual(0);
    }
    const rare = generators.some(({ falsePositiveRate }) => falsePositiveRate! <= 0.05);
    expect(resembles !== UNKNOWN_GENERATOR).toBe(rare);
    expect(score!.statements!.join(' ')).toContain(rare ? `resembles most that of ${resembles}` : UNKNOWN_GENERATOR);
  });

  it('look at the largest window that fits, and abstain below the smallest', async () => {
    const [large, small] = await judge([generated(2, 530, 520), photograph(3, LEAST - 1)]);
    expect(large!.evidence.window).toEqual({ x: 8, y: 0, width: 512, height: 512 });
    expect(small).toMatchObject({ score: null, verdict: 'inconclusive', warnings: [{ code: 'IMAGE_TOO_SMALL' }] });
  });

  it('abstain on grey pictures, whatever their channels', async () => {
    const grey = photograph(5, LEAST, LEAST, 1);
    const colour = pictureOf(LEAST, LEAST, (x, y) => grey.data[y * LEAST + x]!);
    const scores = await judge([grey, colour]);
    for (const score of scores) expect(score).toMatchObject({ score: null, warnings: [{ code: 'MASKSIM_GREY' }] });
  });

  it('need a model runtime', async () => {
    await expect(maskSimDetector().open(host.context)).rejects.toMatchObject({ code: 'MODEL_RUNTIME_MISSING' });
  });
});

describe('an explanation', () => {
  it('is the four planes side by side, the noise, and its spectrum', async () => {
    const open = await maskSimDetector().open({ ...host.context, models });
    const pictures = await host.withRun(run => open.explain!(photograph(1, LEAST), run)).finally(() => open.close());
    expect(pictures.map(({ id }) => id)).toEqual(['masksim.panels', 'masksim.residual', 'masksim.spectrum']);
    for (const { picture } of pictures) {
      expect(picture.data).toHaveLength(4 * picture.width * picture.height);
      expect(picture.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
      expect(new Set(picture.data).size).toBeGreaterThan(20);
    }
  });
});
