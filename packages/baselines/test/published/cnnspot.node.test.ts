import { type Artifact, parametersOf, type RecordedRun, recordedInput, seededState, sha256, writeSafetensors } from '@syntrace/core';
import { importCheckpoint } from '@syntrace/model-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../../detector-frequency/test/kernels.js';
import { CNNSPOT_NETWORK, cnnSpotDetector } from '../../src/published/cnnspot.js';
import proofs from '../../src/published/proofs.json' with { type: 'json' };
import answers from '../fixtures/answers.json' with { type: 'json' };
import { formulaPicture } from '../pictures.js';
import { runtime } from '../platform/node.js';

const host = openHost();
const models = runtime();
const state = seededState(CNNSPOT_NETWORK, proofs.cnnspot.seed);
let weights: Artifact;
beforeAll(async () => {
  const { importable } = cnnSpotDetector();
  const { artifact, proof } = await importCheckpoint(writeSafetensors(state), 'seeded.safetensors', importable!, models);
  expect(proof!.difference).toBeLessThan(1e-5);
  weights = artifact;
});
afterAll(() => models.close());

it('has the parameters of torchvision’s network with one output', () => {
  const sizes = parametersOf(CNNSPOT_NETWORK).filter(({ role }) => role !== 'mean' && role !== 'variance');
  expect(sizes.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(23_510_081);
});

it('answers as torchvision does', async () => {
  const run: RecordedRun = proofs.cnnspot.run;
  const bytes = weights.files.get('model.onnx')!;
  const session = await models.open({ name: 'model.onnx', bytes, sha256: await sha256(bytes) });
  const { logit } = await session.run({ picture: recordedInput(run) });
  await session.close();
  for (const [i, value] of run.output.entries()) expect(Math.abs(logit!.data[i]! - value)).toBeLessThan(1e-5);
});

describe('a picture', () => {
  it('is cropped and normalised as torchvision does it', async () => {
    const { width, height, logit } = answers.cnnspot;
    const open = await cnnSpotDetector({ weights }).open({ ...host.context, models });
    const [score] = await host.withRun(run => open.detect([formulaPicture(width, height)], run)).finally(() => open.close());
    expect(Math.abs(score!.score! - logit)).toBeLessThan(2e-5);
    expect(score).toMatchObject({ threshold: 0, probability: null, verdict: 'real' });
  });
});

describe('without weights', () => {
  it('it judges nothing, by default or by name, and says what to do', async () => {
    const detector = cnnSpotDetector();
    expect([detector.byDefault, detector.card]).toEqual([false, undefined]);
    await expect(detector.open({ ...host.context, models })).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      hint: expect.stringMatching(/models import cnnspot/),
    });
  });

  it('or with those of another detector it is refused', async () => {
    const other = cnnSpotDetector({ weights: { ...weights, card: { ...weights.card, detector: 'univfd' } } });
    await expect(other.open({ ...host.context, models })).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
  });
});

describe('a checkpoint that is none of it', () => {
  const entries = [...state];
  it.each<[name: string, state: Parameters<typeof writeSafetensors>[0], words: RegExp]>([
    ['without the last layer', new Map(entries.filter(([name]) => !name.startsWith('fc.'))), /2 of 267 parameters are missing: fc\.weight, fc\.bias/],
    [
      'with another class',
      new Map([...entries, ['fc.weight', { dtype: 'f32', shape: [2, 2048], data: new Float32Array(4096) }]]),
      /fc\.weight has the shape \[2, 2048\]/,
    ],
    ['with more', new Map([...entries, ['extra.weight', { dtype: 'f32', shape: [1], data: new Float32Array(1) }]]), /do not belong to it: extra\.weight/],
  ])('%s is refused by name', async (_, wrong, words) => {
    const refused = importCheckpoint(writeSafetensors(wrong), 'wrong.safetensors', cnnSpotDetector().importable!, models);
    await expect(refused).rejects.toMatchObject({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(words) });
  });

  it('an encoder beside it has no place', async () => {
    const bytes = writeSafetensors(new Map(entries.slice(0, 1)));
    const refused = importCheckpoint(bytes, 'a.safetensors', cnnSpotDetector().importable!, models, { bytes, file: 'b.safetensors' });
    await expect(refused).rejects.toMatchObject({ code: 'USAGE' });
  });
});
