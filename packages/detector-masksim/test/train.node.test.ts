import { type Artifact, type Checkpoint, type Image, readSafetensors, seededRandom, type TrainingData, type TrainingSample } from '@syntrace/core';
import { createLearners } from '@syntrace/training';
import { afterAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { pictureOf } from '../../detector-frequency/test/pictures.js';
import { maskSimDetector } from '../src/detector.js';
import { MASKS_FILE, type WindowCard } from '../src/model/model.js';
import { backends, runtime } from './platform/node.js';

const host = openHost(backends.wasm);
const models = runtime();
const learners = await createLearners();
afterAll(() => models.close());

const SIDE = 96;
/** Soft shapes with noise, that of a sample being the same over some columns and rows. */
const soft = (seed: number, name: string, across: number, down: number): Image => {
  const random = seededRandom(seed, name);
  const noise = Float64Array.from({ length: 3 * SIDE * SIDE }, () => 14 * random.next() - 7);
  const place = (x: number, y: number, c: number) => 3 * (Math.floor(y / down) * SIDE + Math.floor(x / across)) + c;
  return pictureOf(SIDE, SIDE, (x, y, c) => 120 + 50 * Math.sin((x + 5 * seed) / 19 + c) + 40 * Math.cos(y / 23 - c) + noise[place(x, y, c)]!);
};
const MAKERS = {
  real: (seed: number) => soft(seed, 'real', 1, 1),
  doubled: (seed: number) => soft(seed, 'doubled', 2, 2),
  combed: (seed: number) => soft(seed, 'combed', 1, 2),
};
type Kind = keyof typeof MAKERS;

const sampleOf = (kind: Kind, seed: number): TrainingSample => ({
  uri: `${kind}/${seed}`,
  label: kind === 'real' ? 0 : 1,
  set: 'made-up',
  group: kind === 'real' ? 'made-up' : kind,
  async open(changes = [], stored = MAKERS[kind](seed)) {
    return changes.reduce((image, change) => {
      if (change.kind !== 'crop') throw new Error(`these tests do not ${change.kind}`);
      const { x: left, y: top, width, height } = change.window;
      return pictureOf(width, height, (x, y, c) => image.data[((top + y) * image.width + left + x) * 3 + c]!);
    }, stored);
  },
});
const samples = (kinds: readonly Kind[], from: number, count: number) =>
  kinds.flatMap(kind => Array.from({ length: count }, (_, i) => sampleOf(kind, 1000 * kinds.indexOf(kind) + from + i)));
const dataOf = (...kinds: readonly Kind[]): TrainingData => ({
  name: 'made-up',
  train: samples(['real', ...kinds], 0, 12),
  validation: samples(['real', ...kinds], 100, 8),
});

const OPTIONS = { window: 64, epochs: 3, quality: 'none', looks: 1, lr: 0.01 };
const train = (
  data: TrainingData,
  options: Record<string, string | number | boolean>,
  detector = maskSimDetector(),
  checkpoint?: Checkpoint,
): Promise<Artifact> => detector.trainable!.fit(data, { ...OPTIONS, ...options }, { ...host.context, models, learners, ...(checkpoint && { checkpoint }) });

const windowsOf = ({ card }: Artifact) => card.preprocessing.windows as readonly WindowCard[];

async function nearest(weights: Artifact, kind: Kind, count = 6) {
  const open = await maskSimDetector({ weights }).open({ ...host.context, models });
  const scores = await host
    .withRun(run =>
      open.detect(
        samples([kind], 500, count).map((_, i) => MAKERS[kind](7000 + i)),
        run,
      ),
    )
    .finally(() => open.close());
  return scores;
}

describe('training', () => {
  it.each(['own', 'wavelet'])('on %s: tells generators it has learnt from photographs, and from each other', async preprocess => {
    const weights = await train(dataOf('doubled', 'combed'), { preprocess });
    expect(windowsOf(weights)).toMatchObject([{ window: 64, generators: [{ name: 'combed' }, { name: 'doubled' }] }]);
    const real = Math.max(...(await nearest(weights, 'real')).map(({ score }) => score!));
    for (const kind of ['doubled', 'combed'] as const) {
      const scores = await nearest(weights, kind);
      expect(scores.filter(({ evidence }) => evidence.resembles === kind).length, kind).toBeGreaterThanOrEqual(5);
      expect(Math.min(...scores.map(({ score }) => score!)), kind).toBeGreaterThan(real);
    }
  });

  it('one more generator leaves the others as they are', async () => {
    const before = await train(dataOf('doubled'), {});
    const after = await train(dataOf('combed'), { classes: 'combed', keep: true }, maskSimDetector({ weights: before }));
    expect(windowsOf(after)[0]!.generators.map(({ name }) => name)).toEqual(['doubled', 'combed']);
    const [old, fresh] = [before, after].map(({ files }) => readSafetensors(files.get(MASKS_FILE)!, MASKS_FILE)) as [
      ReturnType<typeof readSafetensors>,
      ReturnType<typeof readSafetensors>,
    ];
    for (const [name, tensor] of old) expect(fresh.get(name), name).toEqual(tensor);
    expect((await nearest(after, 'combed')).filter(({ evidence }) => evidence.resembles === 'combed').length).toBeGreaterThanOrEqual(5);
  });

  it('goes on from a checkpoint to the same weights, without looking at a picture again', async () => {
    const kept = new Map<string, Uint8Array>();
    const checkpoint: Checkpoint = { get: async key => kept.get(key) ?? null, put: async (key, bytes) => void kept.set(key, bytes) };
    const data = dataOf('doubled');
    const first = await train(data, {}, maskSimDetector(), checkpoint);
    const masks = [...kept.keys()].filter(key => !key.startsWith('["spectra"'));
    expect(masks).toHaveLength(1);
    const closed = (some: readonly TrainingSample[]) =>
      some.map(sample => ({
        ...sample,
        open: (changes?: Parameters<TrainingSample['open']>[0]) => (changes ? Promise.reject(new Error('looked again')) : sample.open()),
      }));
    const second = await train({ ...data, train: closed(data.train), validation: closed(data.validation) }, {}, maskSimDetector(), checkpoint);
    expect(second.files.get(MASKS_FILE)).toEqual(first.files.get(MASKS_FILE));
    expect(second.card.files).toEqual(first.card.files);
  });

  it.each([
    ['a class that is not there', { classes: 'other' }, 'USAGE'],
    ['pictures below the window', { window: 128 }, 'TRAINING_INVALID'],
    ['the published denoiser without its file', { preprocess: 'DnCNN' }, 'USAGE'],
  ])('is refused for %s', async (_, options, code) => {
    await expect(train(dataOf('doubled'), options as Record<string, string>)).rejects.toMatchObject({ code });
  });
});
