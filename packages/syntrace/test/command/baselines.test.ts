import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOf, syntrace } from './command.js';
import { generatedPng, photoPng } from './files.js';

const SIDE = 48;
const root = mkdtempSync(join(tmpdir(), 'syntrace-baselines-'));
const run = (...args: string[]) => syntrace(args, { cwd: root });

beforeAll(async () => {
  for (const [split, count, from] of [
    ['train', 8, 1],
    ['val', 4, 40],
    ['test', 3, 60],
  ] as const)
    for (let i = 0; i < count; i++)
      for (const [name, bytes] of [
        [`0_real/${i}`, await photoPng(from + i, SIDE)],
        [`1_fake/${i}`, await generatedPng(from + 200 + i, SIDE)],
      ] as const) {
        const path = join(root, `sets/tiny/${split}/repeated/${name}.png`);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes);
      }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const tiny = ['--datasets', 'tiny', '--datasets-dir', 'sets', '--output-dir', 'out'];
const small = [...tiny, '--size', '32'];

describe('baselines grid', () => {
  it('writes each point under its published name, and skips finished ones', async () => {
    const first = await run('baselines', 'grid', 'knn', ...small, '--n-neighbors', '1,3');
    expect([first.code, first.stderr]).toEqual([0, expect.stringMatching(/2 points to search, 0 are finished/)]);
    expect(first.stdout).toMatch(/n_neighbors\.1 .*\n.*n_neighbors\.3 .*best/);
    const file = join(root, 'out/knn_grid_search.json');
    const results = JSON.parse(readFileSync(file, 'utf8'));
    expect(Object.keys(results['tiny/dct/32/rgb/two'])).toEqual(['n_neighbors.1', 'n_neighbors.3']);
    // What is there is taken as it is.
    writeFileSync(file, JSON.stringify({ 'tiny/dct/32/rgb/two': { ...results['tiny/dct/32/rgb/two'], 'n_neighbors.1': 0.125 } }));
    const again = await run('baselines', 'grid', 'knn', ...small, '--n_neighbors', '1,3,5', '--n_jobs', '1', '--json');
    expect(again.stderr).toMatch(/1 points to search, 2 are finished/);
    expect(JSON.parse(again.stdout)['tiny/dct/32/rgb/two']).toMatchObject({ 'n_neighbors.1': 0.125, 'n_neighbors.5': expect.any(Number) });
  });

  it('leaves out what the pictures do not suffice for, and searches by folds', async () => {
    const { code, stdout, stderr } = await run('baselines', 'grid', 'knn', ...small, '--on', 'pixels', '--folds', '4', '--json');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/6 of 11 points need more than its 18 pictures/)]);
    const points = JSON.parse(stdout)['tiny/pixels/32/rgb/two/folds.4/seed.1'];
    expect(Object.keys(points)).toEqual([1, 3, 5, 9, 17].map(k => `n_neighbors.${k}`));
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown method', ['knm', ...small], /there is no method knm.*knn/],
    ['a parameter of another method', ['knn', ...small, '--sigma', '0.5'], /knn has no sigma; it has n_neighbors/],
    ['a value out of range', ['prnu', ...small, '--levels', '9', '--sigma', '1'], /levels must be a whole number, 1 to 8, received 9/],
    ['no dataset', ['knn'], /give --datasets/],
    ['a dataset that is not there', ['knn', '--datasets', 'none'], /DATASET_INVALID/],
    ['an output that is none', ['knn', ...small, '--output-dir', 'wrong'], /wrong\/knn_grid_search\.json holds no results/],
  ])('refuses %s', async (_, args, words) => {
    mkdirSync(join(root, 'wrong'), { recursive: true });
    writeFileSync(join(root, 'wrong/knn_grid_search.json'), '{"a": 3');
    const { code, stderr } = await run('baselines', 'grid', ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  });
});

describe('baselines train and test', () => {
  it('keeps the classifier under its published name, and judges with it', async () => {
    const trained = await run('baselines', 'train', 'eigenfaces', ...small, '--pca-target-variance', '0.9', '--C', '0.01', '--json');
    expect([trained.code, JSON.parse(trained.stdout)]).toEqual([0, expect.objectContaining({ dataset: 'tiny', judged: 6, failed: 0 })]);
    const name = 'classifier_tiny_eigenfaces_v.0.9_c.0.01';
    expect(existsSync(join(root, 'out', name, 'model.safetensors'))).toBe(true);
    const tested = await run('baselines', 'test', '--classifier-name', name, ...tiny, '--json');
    expect(JSON.parse(tested.stdout)).toEqual(JSON.parse(trained.stdout));
    const picture = 'sets/tiny/test/repeated/1_fake/0.png';
    const { stdout } = await run('detect', picture, '--ndjson', '--detector', 'eigenfaces', '--weights', join('out', name));
    expect(linesOf(stdout)[0]).toMatchObject({ path: picture, detectors: [{ id: 'eigenfaces' }] });
    // Weights of one's own do not make a baseline one of the defaults.
    const ids = linesOf((await run('detect', picture, '--ndjson', '--weights', join('out', name))).stdout)[0]!.detectors!.map(({ id }) => id);
    expect(ids).not.toContain('eigenfaces');
  });

  it('test takes one dataset, and a classifier that is there', async () => {
    const two = await run('baselines', 'test', '--classifier-name', 'x', ...tiny, '--datasets', 'other');
    expect([two.code, two.stderr]).toEqual([2, expect.stringMatching(/test takes one dataset, received 2/)]);
    expect((await run('baselines', 'test', '--classifier-name', 'x', ...tiny)).stderr).toMatch(/ARTIFACT_MISSING/);
  });
});

describe('baselines csd-svm', () => {
  const folders = [
    '--train_img_dir',
    'sets/tiny/train/repeated/0_real',
    '--real-img-dir',
    'sets/tiny/val/repeated/0_real',
    '--fake-img-dir',
    'sets/tiny/val/repeated/1_fake',
  ];
  const counts = ['--num-real', '3', '--num-fake', '4'];

  it('learns from real pictures alone, keeps the model, and takes it again', async () => {
    const first = await run('baselines', 'csd-svm', ...folders, ...counts, '--svm-model-path', 'csd', '--json');
    expect(first.code).toBe(0);
    const found = JSON.parse(first.stdout);
    expect(found).toMatchObject({ positive: 'synthetic', nu: 0.1 });
    expect([found.tp + found.fn, found.fp + found.tn]).toEqual([4, 3]);
    const card = JSON.parse(readFileSync(join(root, 'csd/model.json'), 'utf8'));
    expect(card.trainingData).toEqual([{ name: '0_real (train)', real: 8, synthetic: 0, licence: 'unstated' }]);
    const again = await run('baselines', 'csd-svm', ...folders, ...counts, '--svm-model-path', 'csd', '--json');
    expect([again.stderr, JSON.parse(again.stdout)]).toEqual(['', found]);
  });

  it('as published it counts real as positive, and learns from the pictures of the test', async () => {
    const same = [...folders.slice(0, 2), '--real-img-dir', 'sets/tiny/train/repeated/0_real', ...folders.slice(4)];
    const { stdout } = await run('baselines', 'csd-svm', ...same, '--num-real', '6', '--num-fake', '4', '--svm-model-path', 'script', '--published', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ positive: 'real' });
    expect(JSON.parse(readFileSync(join(root, 'script/model.json'), 'utf8')).training.pictures).toBe(6);
  });
});
