import { type Image, loadArtifact, probabilityOf, type Score } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { frequencyDetector } from '../src/detector.js';
import type { FrequencyEvidence } from '../src/evidence.js';
import frequency from '../src/index.js';
import { modelOf } from '../src/model.js';
import { shippedArtifact } from '../src/shipped.js';
import stored from './fixtures/scores.json' with { type: 'json' };
import { openHost } from './kernels.js';
import { PICTURES, photograph } from './pictures.js';
import { plainFeatures } from './plain-features.js';

const host = openHost();
/** By fixtures/record-scores.mjs. */
const recorded: Readonly<Record<string, number>> = stored;

async function judge(...images: readonly Image[]): Promise<readonly Score<FrequencyEvidence>[]> {
  const open = await frequencyDetector().open(host.context);
  try {
    return await host.withRun(run => open.detect(images, run));
  } finally {
    await open.close();
  }
}

describe('the shipped weights', () => {
  it('give the recorded scores', async () => {
    const scores = await judge(...Object.values(PICTURES));
    const given = Object.fromEntries(Object.keys(PICTURES).map((name, i) => [name, scores[i]!.score]));
    expect(given).toEqual(Object.fromEntries(Object.entries(recorded).map(([name, score]) => [name, expect.closeTo(score, 3)])));
  });

  it('score as the definition says, in float64', async () => {
    const model = modelOf(await shippedArtifact());
    for (const image of [PICTURES['photograph 128']!, PICTURES['generated 200×140']!]) {
      const [score] = await judge(image);
      const [window] = score!.evidence.windows;
      const expected = plainFeatures(image, window!).reduce(
        (sum, value, i) => sum + (model.weights[i]! * (value - model.mean[i]!)) / model.deviation[i]!,
        model.bias[0]!,
      );
      expect(score!.score).toBeCloseTo(expected, 3);
    }
  });

  it('give threshold, band, probability and share of the model card', async () => {
    const { card } = await shippedArtifact();
    for (const { score, threshold, probability, verdict, realShare } of await judge(...Object.values(PICTURES))) {
      expect(threshold).toBe(card.threshold);
      expect(probability).toBeCloseTo(probabilityOf(score!, card.calibration!), 12);
      const [low, high] = card.abstention!;
      expect(verdict).toBe(score! < low ? 'real' : score! > high ? 'synthetic' : 'inconclusive');
      expect(realShare).toBeGreaterThanOrEqual(0);
      expect(realShare).toBeLessThanOrEqual(1);
    }
  });

  it('come with a card whose threshold is where the probability is one half', async () => {
    const card = await frequencyDetector().card!(host.context);
    expect(probabilityOf(card.threshold, card.calibration!)).toBeCloseTo(0.5, 9);
    expect(card.realScoreQuantiles).toHaveLength(101);
  });
});

describe('a verdict', () => {
  it('is the same in a batch, alone and again, to the last bit', async () => {
    const images = Object.values(PICTURES);
    const together = await judge(...images);
    expect(await judge(...images)).toEqual(together);
    for (const [i, image] of images.entries()) expect(await judge(image)).toEqual([together[i]]);
  });

  it('names its windows, whose mean is the score', async () => {
    const [score] = await judge(PICTURES['generated 560']!);
    const { windows } = score!.evidence;
    expect(windows).toHaveLength(9);
    expect(windows.reduce((sum, window) => sum + window.score, 0) / 9).toBe(score!.score);
  });

  it('warns below 192 samples a side', async () => {
    const [small, large] = await judge(photograph(1, 191, 400), photograph(1, 192, 400));
    expect(small!.warnings).toMatchObject([{ code: 'FREQUENCY_SMALL' }]);
    expect(large!.warnings).toEqual([]);
  });

  it('of a grey picture is that of the same samples in three channels', async () => {
    const grey = PICTURES['photograph 256, grey']!;
    const colour: Image = { ...grey, channels: 3, data: Uint8Array.from({ length: 3 * grey.data.length }, (_, i) => grey.data[Math.floor(i / 3)]!) };
    const [a, b] = await judge(grey, colour);
    expect(a!.score).toBe(b!.score);
  });

  it('of a batch of none is none', async () => {
    expect(await judge()).toEqual([]);
  });
});

it('is a plugin with two detectors that need 128 samples a side', () => {
  expect(frequency).toMatchObject({ name: '@syntrace/detector-frequency', contract: 1 });
  const needs = { unit: 'image', requires: { minimumSize: { width: 128, height: 128 } } };
  expect(frequency.detectors).toMatchObject([
    { id: 'frequency', ...needs },
    { id: 'residuals', ...needs },
  ]);
});

it('takes weights of one’s own from a folder, and refuses changed ones', async () => {
  const { card, files } = await shippedArtifact();
  const weights = files.get('model.safetensors')!;
  const changed = weights.slice();
  changed[changed.length - 1]! ^= 1;
  const folder = new URL('https://example.org/own/');
  const load = (bytes: Uint8Array) => async (url: URL) =>
    url.href.endsWith('model.json') ? new TextEncoder().encode(JSON.stringify({ ...card, threshold: 99 })) : bytes;
  expect((await loadArtifact(folder, load(weights))).card.threshold).toBe(99);
  const open = await frequencyDetector({ weights: folder }).open({ ...host.context, loadAsset: load(weights) });
  const [score] = await host.withRun(run => open.detect([photograph(1, 128)], run));
  await open.close();
  expect(score).toMatchObject({ threshold: 99, verdict: 'real' });
  const detector = frequencyDetector({ weights: folder });
  await expect(detector.open({ ...host.context, loadAsset: load(changed) })).rejects.toMatchObject({ code: 'ARTIFACT_CHECKSUM' });
  await expect(detector.card!({ loadAsset: load(changed) })).rejects.toMatchObject({ code: 'ARTIFACT_CHECKSUM' });
  await expect(detector.open(host.context)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
});
