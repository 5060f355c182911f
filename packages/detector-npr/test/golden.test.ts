import { type Artifact, type Image, SyntraceError } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { importCheckpoint } from '@syntrace/model-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { nprDetector } from '../src/detector.js';
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

  it.each(['photo_256', 'upblur_256', 'nearest2x_256', 'odd_161x213', 'tiny_8'])('%s: the logit of the official network', async name => {
    const image: Image = await decode(await golden(`${name}.png`));
    const open = await nprDetector({ weights, look: 'whole' }).open({ ...host.context, models });
    const [score] = await host.withRun(run => open.detect([image], run)).finally(() => open.close());
    expect(Math.abs(score!.score! - inference[name]!.logit)).toBeLessThan(TOLERANCE);
  });

  it('a file of another network is refused', async () => {
    const onnx = await golden('npr_seed100.onnx');
    const failure = await importCheckpoint(onnx, 'npr.onnx', importable!, models).catch((error: unknown) => error);
    expect(SyntraceError.is(failure, 'CHECKPOINT_INVALID')).toBe(true);
  });
});
