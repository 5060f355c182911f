import type { Artifact, DetectorContext, Image, TrainingData, TrainingEpoch, TrainingSample } from '@syntrace/core';
import { afterAll, describe, expect, it } from 'vitest';
import { frequencyDetector } from '../src/detector.js';
import type { FrequencyEvidence } from '../src/evidence.js';
import { trainable } from '../src/train.js';
import { openHost } from './kernels.js';
import { generated, photograph, pictureOf } from './pictures.js';
import { runtime } from './platform/node.js';
import { openLearners } from './trainer.js';

const SIZE = 32;
const host = openHost();
const { learners, trains } = await openLearners();
const models = runtime();
afterAll(() => models.close());
const context = (more: Partial<DetectorContext> = {}): DetectorContext => ({ ...host.context, learners, models, ...more });

/** A photograph under a grid of another generator. */
const gridded = (seed: number): Image => {
  const { data } = photograph(seed, SIZE);
  return pictureOf(SIZE, SIZE, (x, y, c) => data[(y * SIZE + x) * 3 + c]! + (x % 4 === 0 ? 40 : 0));
};

const sampleOf = (label: 0 | 1, group: string, image: Image, seed: number): TrainingSample => ({
  uri: `/data/${group}/${label}/${seed}.png`,
  label,
  set: 'tiny',
  group,
  async open(changes = []) {
    // What the dataset would do; a brighter picture is change enough here.
    return changes.length === 0 ? image : { ...image, data: image.data.map(value => Math.min(255, value + 3)) };
  },
});

function data(train = 20, validation = 6): TrainingData {
  const triple = (seed: number) => [
    sampleOf(0, 'tiny', photograph(seed, SIZE), seed),
    sampleOf(1, 'repeated', generated(seed + 100, SIZE), seed),
    sampleOf(1, 'gridded', gridded(seed + 200), seed),
  ];
  const many = (count: number, from: number) => Array.from({ length: count }, (_, i) => triple(from + i)).flat();
  return { name: 'tiny', train: many(train, 1), validation: many(validation, 50) };
}

async function judged(weights: Artifact, images: readonly Image[]) {
  const open = await frequencyDetector({ weights }).open(context());
  try {
    return await host.withRun(run => open.detect(images, run));
  } finally {
    await open.close();
  }
}

/** Of pictures never seen: two photographs, then generated ones. */
const rightOf = (scores: Awaited<ReturnType<typeof judged>>): number => scores.filter(({ score, threshold }, i) => score! > threshold! === i > 1).length;

const UNSEEN = [photograph(91, SIZE), photograph(92, SIZE), generated(93, SIZE), generated(94, SIZE), gridded(95)];

describe.each(['logistic', 'ridge', 'lasso', 'elastic'])('%s of whole windows', model => {
  it('learns spectra, and its files judge again', async () => {
    const weights = await trainable.fit(data(), { model, on: 'dct', size: SIZE, ...(model === 'lasso' && { l1: 0.05 }) }, context());
    const scores = await judged(weights, UNSEEN);
    expect(rightOf(scores)).toBeGreaterThanOrEqual(4);
    expect([...weights.files.keys()]).toEqual(['model.onnx', 'statistics.safetensors']);
    expect(weights.card).toMatchObject({
      preprocessing: { input: 'log-dct', size: SIZE, colour: 'rgb' },
      training: { model, pictures: 60, perturbed: false },
      recorded: { shape: [2, 3, SIZE, SIZE] },
    });
    const noughts = Number(weights.card.training.zeroWeights);
    if (model === 'lasso' || model === 'elastic') expect(noughts).toBeGreaterThan(1500);
    else expect(noughts).toBe(0);
  });
});

describe('a classifier of whole windows', () => {
  it('learns pixels too, without statistics of its own', async () => {
    const weights = await trainable.fit(data(), { on: 'pixels', size: SIZE }, context());
    expect(weights.card.preprocessing).toMatchObject({ input: 'pixels' });
    expect((await judged(weights, UNSEEN)).every(({ score }) => Number.isFinite(score))).toBe(true);
  });

  it('learns which generator, with a confusion matrix', async () => {
    const weights = await trainable.fit(data(), { on: 'dct', size: SIZE, classes: 'generators', grey: true }, context());
    expect(weights.card.classes).toEqual(['real', 'gridded', 'repeated']);
    const { counts, accuracy } = weights.card.measured.validation as { counts: number[][]; accuracy: number };
    expect(counts.map(row => row.reduce((a, b) => a + b, 0))).toEqual([6, 6, 6]);
    expect(accuracy).toBeGreaterThan(0.7);
    const scores = await judged(weights, UNSEEN);
    const nearest = scores.map(({ evidence }) => {
      const classes = [...(evidence as FrequencyEvidence).classes!];
      return classes.sort((a, b) => b.probability - a.probability)[0]!.name;
    });
    const truth = ['real', 'real', 'repeated', 'repeated', 'gridded'];
    expect(nearest.filter((name, i) => name === truth[i]).length).toBeGreaterThanOrEqual(4);
    expect(scores[4]!.statements).toEqual([expect.stringMatching(/nearest to \w+ \(\d+ %\)/)]);
  });

  it('learns from perturbed pictures beside those as stored, and from fewer when told', async () => {
    const asked: number[] = [];
    const counting = (sample: TrainingSample): TrainingSample => ({
      ...sample,
      open: changes => {
        asked.push(changes?.length ?? 0);
        return sample.open(changes);
      },
    });
    const { train, ...rest } = data();
    const weights = await trainable.fit({ ...rest, train: train.map(counting) }, { on: 'dct', size: SIZE, perturbed: true, amount: 12 }, context());
    expect(weights.card.training).toMatchObject({ perturbed: true, pictures: 12 });
    expect([asked.filter(count => count === 0).length, asked.filter(count => count === 1).length]).toEqual([12, 12]);
  });

  it('that finds nothing is kept with the published rule, and says so', async () => {
    const { train, validation } = data();
    const turned = validation.map((sample): TrainingSample => ({ ...sample, label: sample.label === 0 ? 1 : 0 }));
    const warnings: string[] = [];
    const logger = { debug() {}, info() {}, warn: (words: string) => void warnings.push(words) };
    const { card } = await trainable.fit({ name: 'turned', train, validation: turned }, { on: 'dct', size: SIZE }, context({ logger }));
    expect(card).toMatchObject({ threshold: 0, calibration: null, abstention: null });
    expect(warnings).toEqual([expect.stringMatching(/the published rule decides/)]);
  });

  it('explains what pushed its score by its weights', async () => {
    const weights = await trainable.fit(data(), { on: 'dct', size: SIZE }, context());
    const open = await frequencyDetector({ weights }).open(context());
    const explanations = await host.withRun(run => open.explain!(gridded(7), run));
    await open.close();
    expect(explanations.map(({ id }) => id)).toEqual(['frequency.spectrum', 'frequency.difference', 'frequency.push', 'frequency.where']);
  });

  it.each<[string, (all: TrainingData) => TrainingData, Record<string, string | number>, Partial<DetectorContext>, RegExp]>([
    ['a window beyond the pictures', all => all, { size: 64 }, {}, /32×32, training pictures need 64 samples a side/],
    [
      'one generator to tell apart',
      all => ({ ...all, train: all.train.filter(({ group }) => group !== 'gridded') }),
      { classes: 'generators' },
      {},
      /no generators to tell apart/,
    ],
    ['a host without models', all => all, {}, { models: undefined as never }, /runs no models/],
  ])('refuses %s', async (_, change, options, more, words) => {
    const work = trainable.fit(change(data(3, 2)), { on: 'dct', size: SIZE, ...options }, context(more));
    await expect(work).rejects.toMatchObject({ code: 'TRAINING_INVALID', message: expect.stringMatching(words) });
  });
});

describe.skipIf(!trains)('a published model', () => {
  const options = { size: SIZE, epochs: 12, 'batch-size': 8, seed: 3 };

  it.each(['log', 'log1', 'log2', 'log3', 'nn', 'cnn', 'resnet'])('%s learns batch by batch', async model => {
    const epochs: TrainingEpoch[] = [];
    const few = model === 'resnet' ? { epochs: 1 } : {};
    const weights = await trainable
      .fit(data(), { model, ...options, rate: model === 'cnn' ? 0.01 : 0.001, ...few }, context(), p => void (p.epoch && epochs.push(p.epoch)))
      .catch((error: unknown) => error);
    if (model === 'resnet') {
      // One pass need not tell the classes apart; that it was made is what counts.
      expect(epochs).toHaveLength(1);
      return;
    }
    const { card } = weights as Artifact;
    expect(card.training).toMatchObject({ model, epochs: epochs.length });
    expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0]!.loss);
    const right = rightOf(await judged(weights as Artifact, UNSEEN));
    expect(right).toBeGreaterThanOrEqual(4);
  });

  it('stops early, and takes the weights of the best pass', async () => {
    const epochs: TrainingEpoch[] = [];
    const weights = await trainable.fit(
      data(),
      { model: 'log', ...options, epochs: 200, 'early-stopping': 2, rate: 0.05 },
      context(),
      p => void (p.epoch && epochs.push(p.epoch)),
    );
    expect(epochs.length).toBeLessThan(200);
    const losses = epochs.map(({ validation }) => validation[0]!.loss);
    expect(weights.card.training.validationLoss).toBe(Math.min(...losses));
    expect(losses.length - 1 - losses.indexOf(Math.min(...losses))).toBe(2);
  });

  it('goes on from a checkpoint to the same weights', async () => {
    const whole = await trainable.fit(data(), { model: 'log2', ...options, epochs: 4 }, context());
    const kept = new Map<string, Uint8Array>();
    let passes = 0;
    const controller = new AbortController();
    const checkpoint = { get: async (key: string) => kept.get(key) ?? null, put: async (key: string, bytes: Uint8Array) => void kept.set(key, bytes) };
    const stopped = trainable.fit(data(), { model: 'log2', ...options, epochs: 4 }, context({ checkpoint, signal: controller.signal }), p => {
      if (p.epoch && ++passes === 2) controller.abort(new Error('enough'));
    });
    await expect(stopped).rejects.toThrow('enough');
    const resumed: number[] = [];
    const again = await trainable.fit(data(), { model: 'log2', ...options, epochs: 4 }, context({ checkpoint }), p => {
      if (p.epoch) resumed.push(p.epoch.epoch);
    });
    expect(resumed).toEqual([1, 2, 3, 4]);
    expect(again.files.get('model.onnx')).toEqual(whole.files.get('model.onnx'));
  });
});
