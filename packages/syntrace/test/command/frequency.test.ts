import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npyBytes } from '@syntrace/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOf, syntrace } from './command.js';
import { generatedPng, photoPng } from './files.js';

const SIDE = 32;
const root = mkdtempSync(join(tmpdir(), 'syntrace-frequency-'));
const published = (name: string) => fileURLToPath(new URL(`../../../model-runtime/test/fixtures/saved-model/${name}`, import.meta.url));
const run = (...args: string[]) => syntrace(args, { cwd: root });

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

beforeAll(async () => {
  for (const [split, count, from] of [
    ['train', 8, 1],
    ['val', 4, 40],
    ['test', 3, 60],
  ] as const)
    for (let i = 0; i < count; i++) {
      put(`data/${split}/repeated/0_real/${i}.png`, await photoPng(from + i, SIDE));
      put(`data/${split}/repeated/1_fake/${i}.png`, await generatedPng(from + 200 + i, SIDE));
      // Another generator: the same textures with a flat border that nobody would take for the first.
      put(`data/${split}/other/0_real/${i}.png`, await photoPng(from + 400 + i, SIDE));
      put(`data/${split}/other/1_fake/${i}.png`, await photoPng(from + 600 + i, 2 * SIDE));
    }
  const sides: [string, string][] = [
    ['two', 'two'],
    ['which', 'generators'],
  ];
  for (const [out, classes] of sides) {
    const { code, stderr } = await run(
      'train',
      'frequency',
      'data',
      '--out',
      out,
      '--set',
      'on=dct',
      '--set',
      `size=${SIDE}`,
      '--set',
      `classes=${classes}`,
      '--set',
      'abstain=0',
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining('model.onnx')]);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('frequency test', () => {
  it('tells accuracy and which class was taken for which', async () => {
    const { code, stdout } = await run('frequency', 'test', 'data/test', '--weights', 'which', '--json');
    expect(code).toBe(0);
    const { classes, counts, accuracy, judged, failed, leftOut } = JSON.parse(stdout);
    expect(classes).toEqual(['real', 'other', 'repeated']);
    expect(counts.map((row: number[]) => row.reduce((a, b) => a + b, 0))).toEqual([6, 3, 3]);
    expect(counts[2][2]).toBe(3);
    expect([judged, failed, leftOut]).toEqual([12, 0, 0]);
    expect(accuracy).toBeCloseTo(counts.reduce((sum: number, row: number[], i: number) => sum + row[i]!, 0) / 12);
    const table = (await run('frequency', 'test', 'data/test', '--weights', 'which')).stdout;
    expect(table).toMatch(/accuracy 0\.\d+ on 12 pictures|accuracy 1\.000 on 12 pictures/);
    expect(table).toMatch(/real +other +repeated +recall/);
  });

  it('leaves pictures of unknown generators out of a classifier that knows others, and says so', async () => {
    for (const label of ['0_real', '1_fake']) put(`strange/new/${label}/a.png`, await photoPng(label === '0_real' ? 5 : 6, SIDE));
    const { code, stdout, stderr } = await run('frequency', 'test', 'strange', '--weights', 'which', '--json');
    expect([code, JSON.parse(stdout).judged]).toEqual([0, 1]);
    expect(stderr).toContain('1 pictures of generators that the classifier does not know were left out');
  });
});

it('eval has the same confusion for weights that tell generators apart', async () => {
  const { stdout } = await run('frequency', 'test', 'data/test', '--weights', 'which', '--json');
  const { classes, counts } = JSON.parse(stdout) as { classes: string[]; counts: number[][] };
  const evaluated = await run('eval', 'data/test', '--detector', 'frequency', '--weights', 'which', '--no-jpeg', '--no-audit', '--json');
  expect(evaluated.code, evaluated.stderr).toBe(0);
  const { attribution } = JSON.parse(evaluated.stdout)[0] as { attribution: { truths: string[]; named: string[]; counts: number[][] } };
  const cells = attribution.counts.flatMap((row, i) => row.map((n, j) => [`${attribution.truths[i]} as ${attribution.named[j]}`, n] as const));
  const expected = counts.flatMap((row, i) => row.map((n, j) => [`${classes[i]} as ${classes[j]}`, n] as const));
  expect(cells.filter(([, n]) => n > 0).sort()).toEqual(expected.filter(([, n]) => n > 0).sort());
});

describe('frequency classify', () => {
  it('counts the classes of the first pictures of a folder', async () => {
    const { code, stdout } = await run('frequency', 'classify', 'data/test/repeated', '--weights', 'two', '--amount', '4', '--json');
    const { classes, pictures } = JSON.parse(stdout);
    expect([code, pictures.length]).toEqual([0, 4]);
    expect(classes.map((each: { class: string }) => each.class)).toEqual(['real', 'synthetic']);
    expect(classes.reduce((sum: number, { pictures: count }: { pictures: number }) => sum + count, 0)).toBe(4);
    expect(classes[0].share).toBeCloseTo(classes[0].pictures / 4);
    const text = (await run('frequency', 'classify', 'data/test/repeated', '--weights', 'two')).stdout;
    expect(text).toMatch(/class +pictures +share[\s\S]*real +\d +\d+\.\d\d %[\s\S]*synthetic +\d +\d+\.\d\d %/);
  });

  it('gives the class of each picture as lines, and those that are too small as errors', async () => {
    put('mixed/a.png', await photoPng(1, SIDE));
    put('mixed/small.png', await photoPng(2, 8));
    const { code, stdout } = await run('frequency', 'classify', 'mixed', '--weights', 'two', '--ndjson');
    expect(code).toBe(1);
    expect(linesOf(stdout)).toEqual([
      { path: expect.stringContaining('a.png'), class: expect.stringMatching(/real|synthetic/), score: expect.any(Number) },
      { path: expect.stringContaining('small.png'), error: { code: expect.any(String), message: expect.stringContaining('32') } },
    ]);
  });

  it('refuses weights that are no classifier', async () => {
    const { code, stderr } = await run('frequency', 'classify', 'mixed', '--weights', join(import.meta.dirname, '../../../detector-frequency/weights'));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/holds no classifier of whole windows/)]);
  });
});

describe('frequency weights', () => {
  it('writes a map over frequency for each output, as array and figures', async () => {
    const { code, stderr } = await run(
      'frequency',
      'weights',
      '--weights',
      'which',
      '--out',
      'maps',
      '--figures',
      'png',
      '--figures',
      'svg',
      '--figures',
      'pdf',
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining('wrote 3 arrays')]);
    for (const name of ['real', 'other', 'repeated']) {
      expect(readFileSync(join(root, `maps/weight_${name}.npy`)).length).toBe(128 + 8 * SIDE * SIDE);
      for (const kind of ['png', 'svg', 'pdf']) expect(existsSync(join(root, `maps/weight_${name}.${kind}`))).toBe(true);
    }
  });
});

describe('models import frequency', () => {
  const array = (value: number) => npyBytes('<f8', new Float64Array(108).fill(value), [6, 6, 3]);

  it('takes a SavedModel folder with its mean and variance, and classifies by it', async () => {
    put('statistics/mean.npy', array(2));
    put('statistics/var.npy', array(9));
    const { code, stdout } = await run(
      'models',
      'import',
      'frequency',
      published('sequence'),
      '--mean-var',
      'statistics',
      '--out',
      'imported',
      '--licence',
      'CC0',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ detector: 'frequency', layout: expect.stringMatching(/^SavedModel, Keras/) });
    const card = JSON.parse(readFileSync(join(root, 'imported/model.json'), 'utf8'));
    expect(card).toMatchObject({ licence: 'CC0', preprocessing: { input: 'log-dct', size: 6 }, training: { model: 'log2', imported: { file: 'sequence' } } });
    expect((await run('models', 'verify', 'imported')).stdout).toMatch(/✓ +imported/);
    put('pair/a.png', await photoPng(1, SIDE));
    put('pair/b.png', await photoPng(2, 8));
    put('other/mean.npy', array(0));
    put('other/var.npy', array(1));
    const classify = (...more: string[]) => run('frequency', 'classify', 'pair', '--weights', 'imported', '--ndjson', ...more);
    const [own, other] = [await classify(), await classify('--mean-var', 'other')];
    expect(linesOf(own.stdout)).toHaveLength(2);
    expect(linesOf(other.stdout)[0]!.score).not.toBe(linesOf(own.stdout)[0]!.score);
    expect((await run('detect', 'pair/a.png', '--detector', 'frequency', '--weights', 'imported', '--ndjson')).code).toBe(0);
  });

  it('without them it is one of pixels', async () => {
    expect((await run('models', 'import', 'frequency', published('sequence'), '--out', 'pixels')).code).toBe(0);
    expect(JSON.parse(readFileSync(join(root, 'pixels/model.json'), 'utf8')).preprocessing.input).toBe('pixels');
  });

  it.each<[string, string[], RegExp]>([
    ['a folder that is none', ['data'], /CHECKPOINT_INVALID data is not a usable checkpoint: saved_model\.pb is missing/],
    ['a layer that runs code', [published('foreign')], /its layer lambda \(Lambda\) is of a kind that no published classifier has/],
    ['other layers', [published('residual')], /CHECKPOINT_MISMATCH residual is not a state of a published classifier/],
    ['a checksum of a folder', [published('sequence'), '--sha256', '0'], /--sha256 is for a file/],
    ['statistics that are not there', [published('sequence'), '--mean-var', 'nowhere'], /DATA_INVALID .*mean\.npy/],
  ])('refuses %s', async (_, args, words) => {
    const { code, stderr } = await run('models', 'import', 'frequency', ...args, '--out', 'refused');
    expect([code === 0, stderr]).toEqual([false, expect.stringMatching(words)]);
    expect(existsSync(join(root, 'refused/model.json'))).toBe(false);
  });

  it('fredect is another name for it and for its published settings', async () => {
    expect((await run('models', 'import', 'fredect', published('sequence'), '--out', 'fredect')).code).toBe(0);
    const settings = [`size=${SIDE}`, 'epochs=1'].flatMap(setting => ['--set', setting]);
    expect((await run('train', 'fredect', 'data', '--out', 'trained', ...settings)).code).toBe(0);
    const card = JSON.parse(readFileSync(join(root, 'trained/model.json'), 'utf8'));
    expect([card.method, card.training.l2]).toEqual([expect.stringMatching(/^log2 on log-scaled DCT/), 0.01]);
    const { stdout } = await run('detect', 'data/test/other/0_real/0.png', '--ndjson', '--detector', 'fredect', '--weights', 'trained');
    expect(linesOf(stdout)[0]!.detectors!.map(({ id }) => id)).toEqual(['frequency']);
  });

  it('refuses a folder for a detector that takes files', async () => {
    const { code, stderr } = await run('models', 'import', 'npr', published('sequence'), '--out', 'refused');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/detector "npr" takes no folders; those that do: frequency/)]);
  });
});
