import { type Network, parametersOf, type RecordedRun, recordedInput, type StoredTensor, seededState, sha256 } from '@syntrace/core';
import { type EncoderFile, fitState, importCheckpoint, networkToOnnx, readCheckpoint } from '@syntrace/model-runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { openHost } from '../../../detector-frequency/test/kernels.js';
import proofs from '../../src/published/proofs.json' with { type: 'json' };
import { importable, UNIVFD_ENCODER, univFdDetector } from '../../src/published/univfd.js';
import { visionTransformer } from '../../src/published/vision-transformer.js';
import answers from '../fixtures/answers.json' with { type: 'json' };
import { formulaPicture } from '../pictures.js';
import { fixture, runtime } from '../platform/node.js';

const host = openHost();
const models = runtime();
afterAll(() => models.close());

const small = importable(answers.sizes);
const imported = async (name: string, encoder?: EncoderFile) => importCheckpoint(await fixture(name), name, small, models, encoder);
const fileOf = async (file: string): Promise<EncoderFile> => ({ bytes: await fixture(file), file });

/** The encoder of the fixtures as a user's own ONNX file. */
async function onnxEncoder(network: Network = small.network): Promise<EncoderFile> {
  const { state } = fitState(readCheckpoint(await fixture('visual.pth'), 'visual.pth').tensors, small.network, [], 'visual.pth');
  return { bytes: networkToOnnx(network, state), file: 'encoder.onnx' };
}

it('is CLIP’s ViT-L/14', () => {
  const count = parametersOf(UNIVFD_ENCODER).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  expect(count).toBe(303_966_208);
});

it('the layers answer as open_clip does', async () => {
  const { sizes, seed } = proofs.univfd;
  const run: RecordedRun = proofs.univfd.run;
  const network = visionTransformer('small', sizes);
  for (const [precision, allowed] of [
    ['f32', 1e-5],
    ['f16', 5e-2],
  ] as const) {
    const bytes = networkToOnnx(network, seededState(network, seed), precision);
    const session = await models.open({ name: 'model.onnx', bytes, sha256: await sha256(bytes) });
    const { features } = await session.run({ picture: recordedInput(run) });
    await session.close();
    for (const [i, value] of run.output.entries()) expect(Math.abs(features!.data[i]! - value)).toBeLessThan(allowed);
  }
});

describe('every layout gives the score that open_clip and torchvision give', () => {
  it.each<[title: string, head: string, encoder: () => Promise<EncoderFile> | undefined, layout: RegExp]>([
    ['head and encoder in the checkpoint of a training', 'trained.pth', () => undefined, /head: .*entry "model"; encoder: .*prefix "model\.visual\."/],
    ['the head alone, and CLIP in half precision', 'head.pth', () => fileOf('clip-half.pth'), /encoder clip-half\.pth, sha256 \w+: .*prefix "visual\."/],
    ['the head alone, and the encoder’s state alone', 'head.pth', () => fileOf('visual.pth'), /encoder visual\.pth, sha256 \w+: PyTorch zip$/],
    ['the head alone, and an ONNX encoder', 'head.pth', onnxEncoder, /encoder encoder\.onnx, sha256 \w+: ONNX, features "features"/],
  ])('%s', async (_, head, encoder, words) => {
    const { artifact, layout, proof } = await imported(head, await encoder());
    expect(layout).toMatch(words);
    if (proof) expect(proof.difference).toBeLessThan(1e-5);
    else expect(layout).toMatch(/ONNX/);
    const { width, height, logit } = answers.univfd;
    const open = await univFdDetector({ weights: artifact }).open({ ...host.context, models });
    const [score] = await host.withRun(run => open.detect([formulaPicture(width, height)], run)).finally(() => open.close());
    expect(Math.abs(score!.score! - logit)).toBeLessThan(1e-4);
  });
});

describe('is refused by name', () => {
  const flat = (features: number): Network => ({
    ...small.network,
    layers: [{ kind: 'global-average-pool' }, { kind: 'linear', name: 'odd', from: 3, to: features }],
  });
  const stateOf = (network: Network): ReadonlyMap<string, StoredTensor<'f32'>> => seededState(network, 1);

  it.each<[title: string, head: string, encoder: () => Promise<EncoderFile> | undefined, code: string, words: RegExp]>([
    [
      'a head of other features',
      'wide-head.pth',
      () => fileOf('visual.pth'),
      'CHECKPOINT_MISMATCH',
      /wide-head\.pth.*weight has the shape \[1, 7\], expected \[1, 6\]/,
    ],
    ['an encoder in the place of the head', 'visual.pth', () => undefined, 'CHECKPOINT_MISMATCH', /has none of fc\.weight and fc\.bias/],
    ['a head without an encoder', 'head.pth', () => undefined, 'CHECKPOINT_MISMATCH', /head\.pth.*22 of 22 parameters are missing|head\.pth.*missing/],
    [
      'an encoder with a hole',
      'head.pth',
      () => fileOf('one-missing.pth'),
      'CHECKPOINT_MISMATCH',
      /one-missing\.pth.*1 of \d+ parameters are missing: ln_post\.bias/,
    ],
    ['an encoder that is nothing', 'head.pth', async () => ({ bytes: new TextEncoder().encode('hello'), file: 'x.onnx' }), 'CHECKPOINT_INVALID', /x\.onnx/],
    [
      'an ONNX encoder of other features',
      'head.pth',
      async () => ({ bytes: networkToOnnx(flat(5), stateOf(flat(5))), file: 'odd.onnx' }),
      'CHECKPOINT_MISMATCH',
      /odd\.onnx.*output features has 5 values for a picture, expected 6/,
    ],
  ])('%s', async (_, head, encoder, code, words) => {
    await expect(imported(head, await encoder())).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
  });
});
