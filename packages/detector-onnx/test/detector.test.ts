import { type Image, logistic, type Score, sha256 } from '@syntrace/core';
import { createModels } from '@syntrace/model-runtime';
import { picture } from '@syntrace/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { type OnnxEvidence, type OnnxPreprocessing, onnxDetector } from '../src/index.js';
import { cardOf, IMAGENET, WHOLE } from './cards.js';
import { meansModel, seededModel } from './networks.js';

const host = openHost();
const models = createModels()({ threads: 1, provider: 'auto' });
afterAll(() => models.close());

async function detectorOf(preprocessing: unknown, model: Uint8Array) {
  return onnxDetector(cardOf(preprocessing, await sha256(model)), model);
}

async function judge(preprocessing: OnnxPreprocessing, model: Uint8Array, images: readonly Image[]): Promise<readonly Score<OnnxEvidence>[]> {
  const open = await (await detectorOf(preprocessing, model)).open({ ...host.context, models });
  try {
    return await host.withRun(run => open.detect(images, run));
  } finally {
    await open.close();
  }
}

/** Mean over a window of a channel, or of a weighting of the channels. */
function meanOf({ width, data }: Image, weights: readonly number[], [x0, y0, w, h]: readonly [number, number, number, number]): number {
  let sum = 0;
  for (let y = y0; y < y0 + h; y++) for (let x = x0; x < x0 + w; x++) for (let c = 0; c < 3; c++) sum += weights[c]! * data[3 * (y * width + x) + c]!;
  return sum / (w * h);
}

const image = picture('photograph', 45, 31);
const [R, G, B] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const normal = (value: number, c: number) => (value / 255 - IMAGENET.mean[c]!) / IMAGENET.deviation[c]!;
const close = (values: readonly number[]) => values.map(value => expect.closeTo(value, 4));

describe('the way from samples to the input', () => {
  it('rgb planes, each with its mean and deviation', async () => {
    const [score] = await judge(WHOLE, meansModel(3), [image]);
    const all = [0, 0, 45, 31] as const;
    expect(score!.evidence.output).toEqual(close([R!, G!, B!].map((weights, c) => normal(meanOf(image, weights, all), c))));
    expect(score!.evidence.shown).toEqual({ width: 45, height: 31 });
  });

  it('bgr: blue first, and the first mean is its', async () => {
    const [score] = await judge({ ...WHOLE, colour: 'bgr' }, meansModel(3), [image]);
    expect(score!.evidence.output).toEqual(close([B!, G!, R!].map((weights, c) => normal(meanOf(image, weights, [0, 0, 45, 31]), c))));
  });

  it('luma: one plane', async () => {
    const luma: OnnxPreprocessing = { ...WHOLE, colour: 'bt601', scale: 1, mean: [128], deviation: [64], output: { kind: 'logit', of: 'synthetic' } };
    const [score] = await judge(luma, meansModel(1), [image]);
    expect(score!.score).toBeCloseTo((meanOf(image, [0.299, 0.587, 0.114], [0, 0, 45, 31]) - 128) / 64, 4);
  });

  it('nhwc: the channels of a sample stand together', async () => {
    const view = { kind: 'crop', width: 12, height: 16 } as const;
    // What this model takes for planes are the rows of the picture.
    const [score] = await judge({ ...WHOLE, view, layout: 'nhwc', output: { kind: 'logits', synthetic: 0, real: 15 } }, meansModel(16), [image]);
    const row = (y: number) => [R!, G!, B!].reduce((sum, weights, c) => sum + normal(meanOf(image, weights, [16, 8 + y, 12, 1]), c) / 3, 0);
    expect(score!.evidence.output).toEqual(close(Array.from({ length: 16 }, (_, y) => row(y))));
  });

  it('crop: the middle, at the even place of two', async () => {
    const [score] = await judge({ ...WHOLE, view: { kind: 'crop', width: 20, height: 20 } }, meansModel(3), [image]);
    // 25 and 11 samples are left over: Python rounds 12.5 to 12, 5.5 to 6.
    expect(score!.evidence.output).toEqual(close([R!, G!, B!].map((weights, c) => normal(meanOf(image, weights, [12, 6, 20, 20]), c))));
  });

  it.each([
    [90, 60, 48, 32],
    [61, 100, 32, 52],
    [50, 50, 32, 32],
  ])('resize-crop: %i×%i becomes %i×%i, then its middle', async (width, height, w, h) => {
    const given = picture('photograph', width, height);
    const view = { kind: 'resize-crop', shorterSide: 32, width: 24, height: 24, resampling: 'linear-pillow' } as const;
    const [score] = await judge({ ...WHOLE, view }, meansModel(3), [given]);
    const { kernels } = host.context;
    const full = kernels.tensor('u8', given.data, [1, height, width, 3]);
    const small = await kernels.resize(full, { width: w, height: h, resampling: 'linear-pillow' });
    const resized: Image = { ...given, width: w, height: h, data: await kernels.read(small) };
    kernels.free(full, small);
    const middle = [(w - 24) / 2, (h - 24) / 2, 24, 24] as const;
    expect(score!.evidence.output).toEqual(close([R!, G!, B!].map((weights, c) => normal(meanOf(resized, weights, middle), c))));
  });

  it('resize: the whole picture whatever its shape', async () => {
    const view = { kind: 'resize', width: 16, height: 16, resampling: 'linear-pillow' } as const;
    const [score] = await judge({ ...WHOLE, view }, meansModel(3), [picture('flat', 100, 20)]);
    expect(score!.evidence.output).toEqual(close([0, 1, 2].map(c => normal(128, c))));
  });
});

describe('a score', () => {
  it.each([
    [{ kind: 'logit', of: 'synthetic' }, 0.5, 0.5],
    [{ kind: 'logit', of: 'real' }, 0.5, -0.5],
    [{ kind: 'probability', of: 'synthetic' }, 0.8, Math.log(4)],
    [{ kind: 'probability', of: 'real' }, 0.8, -Math.log(4)],
    [{ kind: 'probability', of: 'synthetic', index: 1 }, 0.25, -Math.log(3)],
    [{ kind: 'logits', synthetic: 0, real: 2 }, 1.5, 0],
  ] as const)('%j of %f is %f', async (output, mean, score) => {
    const flat = picture('flat', 20, 20);
    // Grey 128 becomes the value wanted in every plane.
    const how: OnnxPreprocessing = { ...WHOLE, scale: 1, mean: [128 - mean, 128 - mean, 128 - mean], deviation: [1, 1, 1], output };
    const [answer] = await judge(how, meansModel(3), [flat]);
    expect(answer!.score).toBeCloseTo(score, 4);
    expect(answer!.probability).toBeCloseTo(logistic(score), 4);
    expect(answer!.verdict).toBe(answer!.score! > 0 ? 'synthetic' : 'real');
  });

  it('is the same in a batch and alone, whatever the sizes beside it', async () => {
    const images = [picture('photograph', 40, 40), picture('noise', 33, 50), picture('grey', 40, 40), picture('photograph', 40, 40, 2)];
    const together = await judge({ ...WHOLE, batch: 2 }, seededModel(), images);
    for (const [i, each] of images.entries()) {
      const [alone] = await judge(WHOLE, seededModel(), [each]);
      expect(alone!.score!).toBeCloseTo(together[i]!.score!, 5);
    }
  });
});

it('explains itself by what covering a part changes', async () => {
  const bright: Image = { ...picture('flat', 64, 64), data: new Uint8Array(64 * 64 * 3).fill(100) };
  // The cell at column 6, row 2 is white; the score is the mean of red.
  for (let y = 16; y < 24; y++) bright.data.fill(255, 3 * (y * 64 + 48), 3 * (y * 64 + 56));
  const how: OnnxPreprocessing = { ...WHOLE, mean: [100 / 255, 100 / 255, 100 / 255], output: { kind: 'logit', of: 'synthetic' } };
  for (const [layout, model] of [
    ['nchw', meansModel(3)],
    ['nhwc', meansModel(64)],
  ] as const) {
    const open = await (await detectorOf({ ...how, layout, output: { ...how.output, index: layout === 'nchw' ? 0 : 20 } }, model)).open({
      ...host.context,
      models,
    });
    const [explanation] = await host.withRun(run => open.explain!(bright, run));
    await open.close();
    const { data } = explanation!.picture;
    const red = Array.from({ length: 64 }, (_, i) => data[4 * i]! - data[4 * i + 2]!);
    expect(red.indexOf(Math.max(...red))).toBe(2 * 8 + 6);
  }
});

describe('is refused', () => {
  const sum = '0'.repeat(64);
  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['another colour', { colour: 'cmyk' }, /preprocessing\.colour must be "rgb", "bgr" or one of .*"cmyk"/],
    ['means for other planes', { mean: [0.5] }, /mean must be a list of 3 numbers, is \[0\.5\]/],
    ['a deviation of nought', { deviation: [1, 0, 1] }, /deviation must be a list of 3 numbers above 0/],
    ['no scale', { scale: undefined }, /scale must be a number above 0, is missing/],
    ['another layout', { layout: 'hwc' }, /layout must be/],
    ['a batch of none', { batch: 0 }, /batch must be/],
    ['another view', { view: { kind: 'tiles' } }, /view\.kind must be/],
    ['a crop without a size', { view: { kind: 'crop', width: 3 } }, /view needs width and height/],
    ['a resize nobody knows', { view: { kind: 'resize', width: 3, height: 3, resampling: 'magic' } }, /view\.resampling must be one of/],
    ['a crop beyond the resized', { view: { kind: 'resize-crop', shorterSide: 9, width: 10, height: 3, resampling: 'cubic' } }, /not below width and height/],
    ['another output', { output: { kind: 'class' } }, /output\.kind must be/],
    ['one place for both classes', { output: { kind: 'logits', synthetic: 1, real: 1 } }, /two different places/],
    ['a class that is none', { output: { kind: 'logit', of: 'fake' } }, /output\.of must be "synthetic" or "real", is "fake"/],
  ])('%s', (_, change, words) => {
    const refused = () => onnxDetector(cardOf({ ...WHOLE, ...change }, sum), new Uint8Array());
    expect(refused).toThrow(expect.objectContaining({ code: 'ARTIFACT_INVALID', message: expect.stringMatching(words) }));
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['that is no card', { format: 2 }, /format 2, expected 1/],
    ['without a threshold', { threshold: 'high' }, /`threshold` must be a number/],
    ['without a method', { method: '' }, /`method` must say/],
    ['without preprocessing', { preprocessing: null }, /preprocessing\.colour/],
    ['without a model', { files: {} }, /must name one \.onnx file, it names 0/],
  ])('a description %s', (_, change, words) => {
    const refused = () => onnxDetector(cardOf(WHOLE, sum, change), new Uint8Array());
    expect(refused).toThrow(expect.objectContaining({ code: 'ARTIFACT_INVALID', message: expect.stringMatching(words) }));
  });

  it('a host without models, a model that is not there, and other bytes than the card names', async () => {
    const detector = await detectorOf(WHOLE, seededModel());
    await expect(detector.open(host.context)).rejects.toMatchObject({ code: 'MODEL_RUNTIME_MISSING' });
    const context = { ...host.context, models };
    const away = onnxDetector(cardOf(WHOLE, sum), new URL('https://example.org/model.onnx'));
    await expect(away.open(context)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    await expect(onnxDetector(cardOf(WHOLE, sum), seededModel()).open(context)).rejects.toMatchObject({ code: 'ARTIFACT_CHECKSUM' });
  });

  it.each([
    ['an output that the model has not', { kind: 'logit', of: 'real', name: 'z' }, /no output z, but y/],
    ['a place beyond the output', { kind: 'logits', synthetic: 2, real: 0 }, /y has 2 values for a picture, none at place 2/],
  ] as const)('%s, when it answers', async (_, output, words) => {
    await expect(judge({ ...WHOLE, output }, seededModel(), [image])).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
      message: expect.stringMatching(words),
    });
  });
});
