import { type Artifact, type Image, SyntraceError } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { importCheckpoint } from '@syntrace/model-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { nprDetector } from '../src/detector.js';
import { type Look, show } from '../src/looks.js';
import { golden, hasGolden, runtime } from './platform/node.js';
import { importable } from './seeded.js';

interface Inference {
  readonly inference: Readonly<Record<string, { readonly logit: number }>>;
}

/** Largest difference of a logit in float32. */
const TOLERANCE = 2e-5;

const host = openHost();
const models = runtime();
afterAll(() => models.close());

describe.skipIf(!hasGolden)('golden data', () => {
  let weights: Artifact;
  let inference: Inference['inference'];
  beforeAll(async () => {
    inference = (JSON.parse(new TextDecoder().decode(await golden('inference.json'))) as Inference).inference;
    const imported = await importCheckpoint(await golden('npr_seed100.pth'), 'npr_seed100.pth', importable!, models);
    expect(imported.layout).toBe('PyTorch zip');
    weights = imported.artifact;
  });

  async function logitOf(name: string, look: Look): Promise<number> {
    const image: Image = await decode(await golden(`${name}.png`));
    const open = await nprDetector({ weights, look }).open({ ...host.context, models });
    const [score] = await host.withRun(run => open.detect([image], run)).finally(() => open.close());
    return score!.score!;
  }

  it('full_photo, resized as published: the samples of Pillow 10.2, and the official logit', async () => {
    const full = await decode(await golden('full_photo.png'));
    const { image } = await host.withRun(run => show(full, 'resized', run));
    expect(image.data).toEqual((await decode(await golden('resized_256_from_full.png'))).data);
    expect(Math.abs((await logitOf('full_photo', 'resized')) - inference.resized_256_from_full!.logit)).toBeLessThan(TOLERANCE);
  });

  it.each(['photo_256', 'upblur_256', 'nearest2x_256', 'odd_161x213', 'tiny_8'])('%s: the logit of the official network', async name => {
    expect(Math.abs((await logitOf(name, 'whole')) - inference[name]!.logit)).toBeLessThan(TOLERANCE);
  });

  it('three at once give the logits of the official batch', async () => {
    const { order, logits } = inference.batch_of_3 as unknown as { readonly order: readonly string[]; readonly logits: readonly number[] };
    const images = await Promise.all(order.map(async name => decode(await golden(`${name}.png`))));
    const open = await nprDetector({ weights, look: 'whole' }).open({ ...host.context, models });
    const scores = await host.withRun(run => open.detect(images, run)).finally(() => open.close());
    for (const [i, { score }] of scores.entries()) expect(Math.abs(score! - logits[i]!)).toBeLessThan(TOLERANCE);
  });

  it('a file of another network is refused', async () => {
    const onnx = await golden('npr_seed100.onnx');
    const failure = await importCheckpoint(onnx, 'npr.onnx', importable!, models).catch((error: unknown) => error);
    expect(SyntraceError.is(failure, 'CHECKPOINT_INVALID')).toBe(true);
  });
});
