import { type Artifact, type DetectorContext, type Image, loadArtifact, type TrainingData, type TrainingProgress, type TrainingSample } from '@syntrace/core';
import { decode, encodeJpeg } from '@syntrace/image-io';
import { createLearners } from '@syntrace/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { COPIES } from '../src/copies.js';
import { frequencyDetector } from '../src/detector.js';
import { residualsDetector } from '../src/residuals/detector.js';
import { trainable } from '../src/train.js';
import { openHost } from './kernels.js';
import { generated, photograph } from './pictures.js';

const host = openHost();
let learners: DetectorContext['learners'];
beforeAll(async () => {
  learners = await createLearners();
});
const context = (more: Partial<DetectorContext> = {}): DetectorContext => ({ ...host.context, learners: learners!, ...more });

const sampleOf = (label: 0 | 1, image: Image, folder = '/data'): TrainingSample => ({
  uri: `${folder}/${label}/${image.source.uri}`,
  label,
  set: 'tiny',
  group: 'up-sampled',
  async open(changes = []) {
    let seen = image;
    for (const change of changes) if (change.kind === 'jpeg') seen = await decode(await encodeJpeg(seen, change));
    return seen;
  },
});

const named = (image: Image, name: string): Image => ({ ...image, source: { ...image.source, uri: name } });

/** Textures against textures that were enlarged by repeating samples. */
function tinyData(folder?: string): TrainingData {
  const pair = (seed: number) => [
    sampleOf(0, named(photograph(seed, 128), `${seed}.png`), folder),
    sampleOf(1, named(generated(seed + 100, 128), `${seed}.png`), folder),
  ];
  return { name: 'tiny', train: [1, 2, 3, 4].flatMap(pair), validation: [11, 12, 13].flatMap(pair) };
}

async function scoresOf(artifact: Artifact, images: readonly Image[]) {
  const card = new TextEncoder().encode(JSON.stringify(artifact.card));
  const loadAsset = async (url: URL) => (url.href.endsWith('model.json') ? card : artifact.files.get(url.href.split('/').at(-1)!)!);
  const open = await frequencyDetector({ weights: new URL('file:///trained/') }).open({ ...host.context, loadAsset });
  const scores = await host.withRun(run => open.detect(images, run));
  await open.close();
  return scores;
}

describe.each(['logistic', 'ridge'])('%s', model => {
  it('learns what can be told apart, and its files load again', async () => {
    const progress: TrainingProgress[] = [];
    const artifact = await trainable.fit(tinyData(), { model }, context(), p => progress.push(p));
    const scores = await scoresOf(artifact, [photograph(21, 160), photograph(22, 128), generated(23, 128), generated(24, 300)]);
    expect(scores.map(({ verdict }) => verdict)).toEqual(['real', 'real', 'synthetic', 'synthetic']);
    expect(artifact.card).toMatchObject({
      detector: 'frequency',
      trainingData: [
        { name: 'tiny (train)', real: 4, synthetic: 4 },
        { name: 'tiny (validation)', real: 3, synthetic: 3 },
      ],
      training: { model, rows: 8 * COPIES.length },
    });
    expect(Number(artifact.card.training.gradient)).toBeLessThan(1e-5);
    expect(progress.at(-1)).toEqual({ phase: 'features of validation pictures', done: 6, total: 6 });
    expect(progress.filter(({ phase }) => phase === 'features of training pictures').map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

it('residuals learn what can be told apart, with the options that they have', async () => {
  const detector = residualsDetector();
  const artifact = await detector.trainable!.fit(tinyData(), { l2: 0.01 }, context());
  const open = await residualsDetector({ weights: artifact }).open(host.context);
  const scores = await host.withRun(run => open.detect([photograph(21, 160), generated(23, 128)], run));
  await open.close();
  expect(scores.map(({ verdict }) => verdict)).toEqual(['real', 'synthetic']);
  expect(artifact.card).toMatchObject({ detector: 'residuals', training: { model: 'logistic', l2: 0.01 } });
  await expect(detector.trainable!.fit(tinyData(), { size: 64 }, context())).rejects.toMatchObject({ code: 'USAGE' });
});

describe('training', () => {
  it('gives the same bytes again with the same seed, wherever the pictures lie, and others with another', async () => {
    const weights = async (seed: number, folder?: string) => (await trainable.fit(tinyData(folder), { seed }, context())).files.get('model.safetensors');
    const first = await weights(1);
    expect(await weights(1, '/elsewhere/data')).toEqual(first);
    expect(await weights(2)).not.toEqual(first);
  });

  it('stops when it was aborted, and opens no further picture', async () => {
    const controller = new AbortController();
    let opened = 0;
    const data = tinyData();
    const counting = (sample: TrainingSample): TrainingSample => ({
      ...sample,
      open: changes => {
        if (++opened === 5) controller.abort(new Error('enough'));
        return sample.open(changes);
      },
    });
    const work = trainable.fit({ ...data, train: data.train.map(counting) }, {}, context({ signal: controller.signal }));
    await expect(work).rejects.toThrow('enough');
    const after = opened;
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(opened).toBe(after);
    expect(opened).toBeLessThan(10);
  });

  it('ends with the error of a picture that cannot be opened, without going through the rest', async () => {
    const data = tinyData();
    let opened = 0;
    const train = data.train.map((sample, i) => ({
      ...sample,
      async open(...args: Parameters<TrainingSample['open']>) {
        opened++;
        if (i === 1) throw new Error('it is damaged');
        return sample.open(...args);
      },
    }));
    await expect(trainable.fit({ ...data, train }, {}, context())).rejects.toThrow('it is damaged');
    const after = opened;
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(opened).toBe(after);
    expect(opened).toBeLessThan(40);
  });

  const without = (label: 0 | 1, samples: readonly TrainingSample[]) => samples.filter(sample => sample.label !== label);
  it.each<[string, (data: TrainingData) => TrainingData, string, RegExp]>([
    ['training pictures of one class', data => ({ ...data, train: without(0, data.train) }), 'TRAINING_INVALID', /0 real and 4 synthetic training pictures/],
    [
      'validation pictures of one class',
      data => ({ ...data, validation: without(1, data.validation) }),
      'TRAINING_INVALID',
      /3 real and 0 synthetic validation pictures/,
    ],
    ['no pictures', data => ({ ...data, train: [] }), 'TRAINING_INVALID', /0 real and 0 synthetic training pictures/],
    ['a picture that is too small', data => ({ ...data, train: [...data.train, sampleOf(0, photograph(9, 100))] }), 'TRAINING_INVALID', /100×100.*128/],
  ])('refuses %s', async (_, change, code, words) => {
    await expect(trainable.fit(change(tinyData()), {}, context())).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
  });

  it('refuses the weight of a set that is not there, and a wrong option', async () => {
    await expect(trainable.fit(tinyData(), { 'set-weights': 'tyni=2' }, context())).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/"tyni".*"tiny"/),
    });
    await expect(trainable.fit(tinyData(), { depth: 3 }, context())).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('refuses scores that the validation pictures contradict', async () => {
    const data = tinyData();
    const validation = data.validation.map((sample): TrainingSample => ({ ...sample, label: sample.label === 0 ? 1 : 0 }));
    await expect(trainable.fit({ ...data, validation }, {}, context())).rejects.toMatchObject({
      code: 'TRAINING_INVALID',
      message: expect.stringContaining('do not tell the classes apart'),
    });
  });

  it('says what to install where there are no learners', async () => {
    await expect(trainable.fit(tinyData(), {}, host.context)).rejects.toMatchObject({
      code: 'TRAINING_INVALID',
      message: expect.stringContaining('@syntrace/training'),
    });
  });

  it('takes from a checkpoint what it holds, to the same weights', async () => {
    const kept = new Map<string, Uint8Array>();
    const checkpoint = { get: async (key: string) => kept.get(key) ?? null, put: async (key: string, bytes: Uint8Array) => void kept.set(key, bytes) };
    const first = await trainable.fit(tinyData(), {}, context({ checkpoint }));
    expect(kept.size).toBe(14);
    const data = tinyData();
    const closed = (sample: TrainingSample): TrainingSample => ({ ...sample, open: () => Promise.reject(new Error('it was seen already')) });
    const again = { ...data, train: data.train.map(closed), validation: data.validation.map(closed) };
    expect((await trainable.fit(again, {}, context({ checkpoint }))).files).toEqual(first.files);
    // Another seed draws other copies, so nothing of it may be used.
    await expect(trainable.fit(again, { seed: 2 }, context({ checkpoint }))).rejects.toThrow('it was seen already');
    for (const [key, bytes] of kept) kept.set(key, bytes.subarray(4));
    await expect(trainable.fit(data, {}, context({ checkpoint }))).rejects.toMatchObject({
      code: 'TRAINING_INVALID',
      message: expect.stringContaining('checkpoint'),
    });
  });

  it('writes an artifact that loads, with its checksum', async () => {
    const artifact = await trainable.fit(tinyData(), {}, context());
    const load = async (url: URL) =>
      url.href.endsWith('model.json') ? new TextEncoder().encode(JSON.stringify(artifact.card)) : artifact.files.get('model.safetensors')!;
    expect((await loadArtifact(new URL('file:///trained/'), load)).card).toEqual(JSON.parse(JSON.stringify(artifact.card)));
  });
});
