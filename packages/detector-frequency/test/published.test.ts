import type { Artifact, Image } from '@syntrace/core';
import { importClassifier } from '@syntrace/model-runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { folder } from '../../model-runtime/test/platform/node.js';
import { probabilitiesOf, scoreOfLogits } from '../src/classifier/meaning.js';
import { importableClassifiers } from '../src/classifier/recognise.js';
import { frequencyDetector } from '../src/detector.js';
import { openHost } from './kernels.js';
import { npy } from './npy.js';
import { photograph } from './pictures.js';
import { golden, hasGolden, runtime } from './platform/node.js';

const host = openHost();
const models = runtime();
afterAll(() => models.close());

const FILES = ['saved_model.pb', 'variables/variables.index', 'variables/variables.data-00000-of-00001'];

describe.skipIf(!hasGolden)('classifiers of the published code', () => {
  it.each([
    ['log2_1', 'log2', 1],
    ['log_5', 'log', 5],
    ['nn_2', 'nn', 2],
    ['cnn_1', 'cnn', 1],
    ['resnet_2', 'resnet', 2],
  ])('%s answers as TensorFlow does', async (name, model, classes) => {
    const files = new Map(await Promise.all(FILES.map(async file => [file, await golden(`savedmodel/${name}/${file}`)] as const)));
    const { artifact, proof } = await importClassifier({ folder: name, files }, importableClassifiers, models);
    expect(proof!.difference).toBeLessThan(1e-4);
    const { card } = artifact;
    expect(card.training.model).toBe(model);
    expect(card.classes?.length ?? 1).toBe(classes);
    const [input, output] = [npy(await golden(`savedmodel/${name}.input.npy`)), npy(await golden(`savedmodel/${name}.output.npy`))];
    const [rows, height, width, channels] = input.shape as [number, number, number, number];
    // Keras has pixels first, our networks planes.
    const planes = await host.withRun(async ({ kernels }) => {
      const rowsOfPixels = kernels.tensor('f32', input.data as Float32Array, [rows, height * width, 1, channels]);
      const x = await kernels.interleave(rowsOfPixels);
      const values = await kernels.read(x);
      kernels.free(rowsOfPixels, x);
      return values;
    });
    const session = await models.open({ name: 'model.onnx', bytes: artifact.files.get('model.onnx')!, sha256: card.files['model.onnx']! });
    const { logits } = await session.run({ values: { dtype: 'f32', shape: [rows, channels, height, width], data: planes } });
    await session.close();
    for (let row = 0; row < rows; row++) {
      const probabilities = probabilitiesOf(logits!.data.subarray(row * classes, (row + 1) * classes));
      const given = classes === 1 ? [probabilities[1]!] : probabilities;
      given.forEach((probability, k) => {
        expect(Math.abs(probability - output.data[row * classes + k]!)).toBeLessThan(1e-5);
      });
    }
  });
});

describe('an imported classifier', () => {
  const array = (file: string, value: number) => ({ file, shape: [6, 6, 3], data: new Float64Array(108).fill(value) });
  const imported = async (statistics: boolean): Promise<Artifact> => {
    const parts = statistics ? { statistics: { mean: array('mean.npy', 1), variance: array('var.npy', 4) } } : {};
    return (await importClassifier({ folder: 'log2', files: await folder('sequence'), ...parts }, importableClassifiers, models)).artifact;
  };
  const judged = async (weights: Artifact, image: Image) => {
    const open = await frequencyDetector({ weights }).open({ ...host.context, models });
    try {
      return await host.withRun(async run => ({ score: (await open.detect([image], run))[0]!, explanations: await open.explain!(image, run) }));
    } finally {
      await open.close();
    }
  };

  it('of pixels judges them, scaled to −1…1', async () => {
    const weights = await imported(false);
    expect(weights.card).toMatchObject({ preprocessing: { input: 'pixels', size: 6, colour: 'rgb' }, threshold: 0, training: { model: 'log2' } });
    const image = photograph(1, 6);
    const { score } = await judged(weights, image);
    expect(score.evidence.windows).toEqual([{ x: 0, y: 0, width: 6, height: 6, score: score.score }]);
    const session = await models.open({ name: 'model.onnx', bytes: weights.files.get('model.onnx')!, sha256: weights.card.files['model.onnx']! });
    const planes = Float32Array.from(
      { length: 108 },
      (_, i) => image.data[(i % 36) * image.channels + (image.channels === 3 ? Math.floor(i / 36) : 0)]! / 127.5 - 1,
    );
    const { logits } = await session.run({ values: { dtype: 'f32', shape: [1, 3, 6, 6], data: planes } });
    await session.close();
    expect(score.score).toBeCloseTo(scoreOfLogits(logits!.data), 4);
  });

  it('of spectra takes the logarithm, mean and variance, and explains itself', async () => {
    const weights = await imported(true);
    expect(weights.card.preprocessing).toMatchObject({ input: 'log-dct', eps: 1e-12 });
    const { score, explanations } = await judged(weights, photograph(2, 8));
    expect(score.score).not.toBeNull();
    expect(explanations.map(({ id }) => id)).toEqual(['frequency.spectrum', 'frequency.difference', 'frequency.push', 'frequency.where']);
    expect(explanations[2]!.description).toMatch(/Strongest: \d,\d [RGB] \(/);
    for (const { picture } of explanations) expect(picture.data).toHaveLength(4 * picture.width * picture.height);
  });

  it('abstains on pictures below its window', async () => {
    const weights = await imported(true);
    expect(frequencyDetector({ weights }).requires.minimumSize).toEqual({ width: 6, height: 6 });
    const { score } = await judged(weights, photograph(3, 5));
    expect(score).toMatchObject({ score: null, verdict: 'inconclusive', warnings: [{ code: 'FREQUENCY_SMALL' }] });
  });

  it('needs a model runtime', async () => {
    await expect(frequencyDetector({ weights: await imported(true) }).open(host.context)).rejects.toMatchObject({ code: 'MODEL_RUNTIME_MISSING' });
  });

  it('of other layers is refused by them', async () => {
    for (const [name, words] of [
      ['residual', /its layers are those of none of linear, nn, cnn, resnet: convolution, relu, max-pool, residual/],
      ['pooled', /its layers are those of none of/],
    ] as const)
      await expect(importClassifier({ folder: name, files: await folder(name) }, importableClassifiers, models)).rejects.toMatchObject({
        code: 'CHECKPOINT_MISMATCH',
        message: expect.stringMatching(words),
      });
  });

  it('of other statistics scores otherwise', async () => {
    const weights = await imported(true);
    const image = photograph(4, 6);
    const [own, other] = [
      frequencyDetector({ weights }),
      frequencyDetector({ weights, statistics: { mean: new Float32Array(108), deviation: new Float32Array(108).fill(1) } }),
    ];
    const scores = await Promise.all(
      [own, other].map(async detector => {
        const open = await detector.open({ ...host.context, models });
        const [score] = await host.withRun(run => open.detect([image], run));
        await open.close();
        return score!.score!;
      }),
    );
    expect(scores[0]).not.toBeCloseTo(scores[1]!, 2);
  });
});
