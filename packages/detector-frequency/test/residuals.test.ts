import { type Image, probabilityOf, type Score } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import type { FrequencyEvidence } from '../src/evidence.js';
import { openLinear } from '../src/judge.js';
import { linearModelOf } from '../src/model.js';
import { residualsDetector } from '../src/residuals/detector.js';
import { explainResiduals, pushOf } from '../src/residuals/explain.js';
import { GROUPS, RESIDUALS } from '../src/residuals/features.js';
import { shippedArtifact, shippedResiduals } from '../src/shipped.js';
import stored from './fixtures/residuals-scores.json' with { type: 'json' };
import { openHost } from './kernels.js';
import { PICTURES, photograph } from './pictures.js';

const host = openHost();
/** By fixtures/record-scores.mjs. */
const recorded: Readonly<Record<string, number>> = stored;
const shipped = async () => linearModelOf(await shippedResiduals(), RESIDUALS);

async function judge(...images: readonly Image[]): Promise<readonly Score<FrequencyEvidence>[]> {
  const open = await residualsDetector().open(host.context);
  try {
    return await host.withRun(run => open.detect(images, run));
  } finally {
    await open.close();
  }
}

describe('the shipped weights of residuals', () => {
  it('give the recorded scores', async () => {
    const scores = await judge(...Object.values(PICTURES));
    const given = Object.fromEntries(Object.keys(PICTURES).map((name, i) => [name, scores[i]!.score]));
    expect(given).toEqual(Object.fromEntries(Object.entries(recorded).map(([name, score]) => [name, expect.closeTo(score, 3)])));
  });

  it('come with a card whose threshold is where the probability is one half', async () => {
    const card = await residualsDetector().card!(host.context);
    expect(card).toMatchObject({ detector: 'residuals', preprocessing: { features: RESIDUALS.count } });
    expect(probabilityOf(card.threshold, card.calibration!)).toBeCloseTo(0.5, 9);
  });

  it('are not taken for those of the frequency detector, nor the other way round', async () => {
    const other = await shippedArtifact();
    await expect(residualsDetector({ weights: other }).open(host.context)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
  });
});

describe('features of residuals', () => {
  it('are histograms of unit length, then the statistics of tiles, window by window', async () => {
    const windows = [
      { x: 0, y: 0, width: 128, height: 128 },
      { x: 16, y: 3, width: 128, height: 128 },
    ];
    const rows = await host.withRun(async run => {
      const features = await RESIDUALS.of(PICTURES['photograph 256']!, windows, run);
      expect(features.shape).toEqual([2, RESIDUALS.count]);
      const read = await run.kernels.read(features);
      run.kernels.free(features);
      return read;
    });
    expect(GROUPS.at(-1)!.end).toBe(RESIDUALS.count);
    for (const { start, end } of GROUPS.filter(({ name }) => !name.startsWith('DCT')))
      expect(rows.subarray(start, end).reduce((sum, root) => sum + root * root, 0)).toBeCloseTo(1, 4);
    expect(rows.subarray(0, RESIDUALS.count)).not.toEqual(rows.subarray(RESIDUALS.count));
  });
});

describe('an explanation of residuals', () => {
  it.each([
    [256, 256, 5, 5],
    [128, 200, 1, 3],
    [1000, 300, 12, 6],
  ])('of a picture of %i×%i says which and where', async (width, height, columns, rows) => {
    const open = await residualsDetector().open(host.context);
    const explanations = await host.withRun(run => open.explain!(photograph(1, width, height), run));
    await open.close();
    expect(explanations.map(({ id, picture }) => [id, picture.width, picture.height])).toEqual([
      ['residuals.push', 18, 3],
      ['residuals.where', columns, rows],
    ]);
    for (const { picture, title, description, scale } of explanations) {
      expect(picture.data).toHaveLength(4 * picture.width * picture.height);
      for (const words of [title, description, scale?.low, scale?.high]) expect(words).toBeTruthy();
    }
    expect(explanations[0]!.description).toMatch(/Most towards synthetic: (Y|Cb|Cr), /);
  });

  it.each(['photograph 256', 'generated 560', 'photograph 203×151'])('adds up, with the bias, to the score: %s', async name => {
    const model = await shipped();
    const open = openLinear(model, RESIDUALS, (image, run, tensors) => explainResiduals(image, model, tensors, run), host.context);
    const { push, score } = await host.withRun(async run => {
      const [result] = await open.detect([PICTURES[name]!], run);
      return { push: await pushOf(PICTURES[name]!, model, run), score: result!.score! };
    });
    await open.close();
    expect(push.reduce((sum, value) => sum + value, 0) + model.bias[0]!).toBeCloseTo(score, 3);
  });
});
