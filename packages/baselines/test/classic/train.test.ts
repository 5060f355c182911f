import { type Artifact, type Image, SyntraceError, type TrainingData, type TrainingSample } from '@syntrace/core';
import { createLearners } from '@syntrace/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../../detector-frequency/test/kernels.js';
import { generated, photograph } from '../../../detector-frequency/test/pictures.js';
import { cellsOf, type GridCell, gridSearch } from '../../src/classic/grid.js';
import { settingsOf } from '../../src/classic/settings.js';
import type { Able } from '../../src/classic/train.js';
import { baselineDetector, baselines, METHODS, type MethodId } from '../../src/index.js';

const SIDE = 32;
const host = openHost();
let learners: Able['learners'];
beforeAll(async () => {
  learners = await createLearners();
});
const context = (): Able => ({ ...host.context, learners });

const sampleOf = (label: 0 | 1, image: Image, group: string): TrainingSample => ({ uri: image.source.uri, label, set: 'tiny', group, open: async () => image });
/** Textures, the same enlarged, and flat ones for another generator. */
const triple = (seed: number, side = 48): readonly TrainingSample[] => [
  sampleOf(0, photograph(seed, side), 'up'),
  sampleOf(1, generated(seed + 100, side), 'up'),
  sampleOf(1, { ...photograph(seed + 200, side), data: new Uint8Array(3 * side * side).map((_, i) => (128 + (i % 7) + seed) & 255) }, 'flat'),
];
const seeds = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const data: TrainingData = { name: 'tiny', train: seeds(1, 10).flatMap(seed => triple(seed)), validation: seeds(40, 5).flatMap(seed => triple(seed)) };

const fit = (id: MethodId, options = {}, on = data): Promise<Artifact> =>
  baselineDetector(id).trainable!.fit(on, { ...(id !== 'csd-svm' && { size: SIDE }), ...options }, context());

async function scoresOf(id: MethodId, weights: Artifact, images: readonly Image[]) {
  const open = await baselineDetector(id, { weights }).open(host.context);
  return host.withRun(run => open.detect(images, run)).finally(() => open.close());
}

const ids = Object.keys(METHODS) as MethodId[];

describe.each(ids)('%s', id => {
  it('learns what can be told apart, tells what it saw, and its files load again', async () => {
    const artifact = await fit(id, id === 'knn' ? { n_neighbors: 3 } : {});
    expect(artifact.card).toMatchObject({
      detector: id,
      threshold: 0,
      trainingData: [
        { name: 'tiny (train)', real: 10, synthetic: 20 },
        { name: 'tiny (validation)', real: 5, synthetic: 10 },
      ],
      measured: { validation: { pictures: 15 } },
    });
    const { accuracy } = artifact.card.measured.validation as { accuracy: number };
    // PRNU has no fingerprint to find in textures that differ from one to the next; the others do.
    if (id !== 'prnu') expect(accuracy).toBeGreaterThan(0.8);
    const [real, fake] = await scoresOf(id, artifact, [photograph(71, 64), generated(72, 64)]);
    expect(real!.evidence.classes.map(({ name }) => name)).toEqual(['real', 'synthetic']);
    expect(real!.verdict).toBe(real!.score! > 0 ? 'synthetic' : 'real');
    if (id !== 'prnu') expect(fake!.score!).toBeGreaterThan(real!.score!);
    if (id !== 'csd-svm') expect(real!.evidence.window).toEqual({ x: 16, y: 16, width: SIDE, height: SIDE });
  });

  it('is refused with weights of another, with damaged ones, and with none', async () => {
    const artifact = await fit(id, id === 'knn' ? { n_neighbors: 3 } : {});
    const opened = (weights: Artifact) => baselineDetector(id, { weights }).open(host.context);
    const other = { ...artifact, card: { ...artifact.card, detector: 'npr' } };
    await expect(opened(other)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID', message: expect.stringMatching(/of detector npr/) });
    const parameters = { ...artifact, card: { ...artifact.card, preprocessing: { ...artifact.card.preprocessing, parameters: {} } } };
    await expect(opened(parameters)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID', message: expect.stringMatching(/parameters are not usable/) });
    await expect(opened({ ...artifact, files: new Map() })).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
    await expect(baselineDetector(id).open(host.context)).rejects.toMatchObject({ code: 'MODEL_MISSING', hint: expect.stringMatching(`train ${id}`) });
  });

  it.each<[string, Readonly<Record<string, string | number>>, RegExp]>([
    ['an option that it has not', { depth: 3 }, /has no option depth/],
    ['a value out of range', { knn: { n_neighbors: 0 }, prnu: { levels: 9 }, eigenfaces: { C: 0 }, 'csd-svm': { nu: 2 } }[id], /must be/],
  ])('refuses %s', async (_, options, words) => {
    await expect(fit(id, options)).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(words) });
  });

  it('refuses one class alone, unless it learns from no other, and no learners', async () => {
    const only = (label: 0 | 1) => ({ name: 'one', validation: [], train: data.train.filter(sample => sample.label === label) });
    await expect(fit(id, {}, only(1))).rejects.toMatchObject({ code: 'TRAINING_INVALID', message: expect.stringMatching(/0 real and 20 synthetic/) });
    const real = fit(id, {}, only(0));
    if (id === 'csd-svm') expect((await real).card).toMatchObject({ calibration: null, realScoreQuantiles: [], measured: {} });
    else await expect(real).rejects.toMatchObject({ code: 'TRAINING_INVALID', message: expect.stringMatching(/10 real and 0 synthetic/) });
    const alone = baselineDetector(id).trainable!.fit(data, {}, host.context);
    await expect(alone).rejects.toMatchObject({ code: 'TRAINING_INVALID', message: expect.stringMatching(/no learners/) });
  });
});

describe('classes', () => {
  it.each(['knn', 'eigenfaces'] as const)('%s tells generators apart', async id => {
    const artifact = await fit(id, { classes: 'generators', ...(id === 'knn' && { n_neighbors: 3 }) });
    expect(artifact.card.classes).toEqual(['real', 'flat', 'up']);
    const [score] = await scoresOf(id, artifact, [generated(72, 64)]);
    expect(score).toMatchObject({ verdict: 'synthetic', statements: [expect.stringMatching(/3 classes .* nearest to up/)] });
  });

  it('pixels and one channel', async () => {
    const artifact = await fit('knn', { on: 'pixels', grey: true, n_neighbors: 1 });
    expect(artifact.card.preprocessing).toMatchObject({ input: 'pixels', colour: 'grey' });
    const [score] = await scoresOf('knn', artifact, [photograph(1, 48)]);
    // A training picture is its own neighbour.
    expect(score!.evidence.classes.map(each => each.score)).toEqual([1, 0]);
  });

  it('a picture below the window gets an abstention, and cannot be learnt from', async () => {
    const artifact = await fit('knn', { n_neighbors: 1 });
    const [score] = await scoresOf('knn', artifact, [photograph(1, 31, 64)]);
    expect(score).toMatchObject({ score: null, warnings: [{ code: 'BASELINE_SMALL' }] });
    const small = { ...data, train: [...data.train, ...triple(99, 31)] };
    await expect(fit('knn', {}, small)).rejects.toMatchObject({ code: 'TRAINING_INVALID', message: expect.stringMatching(/31×31.*need 32/) });
  });
});

it.each<[MethodId, Readonly<Record<string, string | number | boolean>>, readonly string[]]>([
  ['knn', { n_neighbors: 1 }, ['baseline.spectrum']],
  ['eigenfaces', { on: 'pixels', grey: true }, ['baseline.window']],
  ['prnu', {}, ['baseline.residual']],
  ['csd-svm', {}, []],
])('%s draws what it was shown', async (id, options, drawn) => {
  const weights = await fit(id, options);
  const open = await baselineDetector(id, { weights }).open(host.context);
  const draw = (image: Image) => host.withRun(run => open.explain!(image, run));
  const pictures = await draw(photograph(71, 64));
  expect(pictures.map(each => each.id)).toEqual(drawn);
  for (const { picture } of pictures) expect([picture.width, picture.data.length, new Set(picture.data).size > 8]).toEqual([SIDE, 4 * SIDE * SIDE, true]);
  expect(await draw(photograph(71, 20))).toEqual([]);
  await open.close();
});

describe('a grid', () => {
  const search = async (id: MethodId, cells: Parameters<typeof gridSearch>[2]['cells'], folds = 0, seed = 1): Promise<readonly GridCell[]> => {
    const settings = settingsOf(METHODS[id], { size: SIDE, seed });
    const found: GridCell[] = [];
    for await (const cell of gridSearch(METHODS[id], data, { settings, cells, folds }, context())) found.push(cell);
    return found;
  };

  it('has the published points and names', () => {
    expect(cellsOf(METHODS.knn.grid)).toHaveLength(11);
    expect(cellsOf(METHODS.prnu.grid)).toHaveLength(76);
    expect(cellsOf(METHODS.prnu.grid)[2]).toEqual({ levels: 1, sigma: 0.15000000000000002 });
    expect(cellsOf(METHODS.eigenfaces.grid)).toHaveLength(16);
  });

  it.each<[MethodId, Readonly<Record<string, readonly number[]>>]>([
    ['knn', { n_neighbors: [1, 3, 9] }],
    ['eigenfaces', { pca_target_variance: [0.5, 0.9], C: [0.001, 0.1] }],
    ['prnu', { levels: [1, 2], sigma: [0.5] }],
  ])('of %s reaches at every point what training by itself does', async (id, values) => {
    const cells = cellsOf(values);
    const found = await search(id, cells);
    expect(found.map(({ parameters }) => parameters)).toEqual(cells);
    for (const { parameters, accuracy } of found) {
      const { card } = await fit(id, parameters);
      expect(accuracy).toBeCloseTo((card.measured.validation as { accuracy: number }).accuracy, 9);
    }
  });

  it('with folds is the same again with the seed, and uses every picture', async () => {
    const cells = cellsOf({ n_neighbors: [1, 5] });
    const first = await search('knn', cells, 5);
    expect(await search('knn', cells, 5)).toEqual(first);
    expect(first.map(({ key }) => key)).toEqual(['n_neighbors.1', 'n_neighbors.5']);
    // Five folds of nine pictures each.
    for (const { accuracy } of first) expect(accuracy * 45).toBeCloseTo(Math.round(accuracy * 45), 6);
    await expect(search('knn', cells, 99)).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('more neighbours than pictures are refused', async () => {
    const refused = await search('knn', cellsOf({ n_neighbors: [1, 31] })).catch((error: unknown) => error);
    expect(SyntraceError.is(refused, 'TRAINING_INVALID')).toBe(true);
  });
});

it('the plugin has all of them, none by default', () => {
  expect(baselines.detectors!.map(({ id, byDefault }) => [id, byDefault])).toEqual(
    ['knn', 'prnu', 'eigenfaces', 'csd-svm', 'cnnspot', 'univfd'].map(id => [id, false]),
  );
});
