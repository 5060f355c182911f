import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decode } from '@syntrace/image-io';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedState, tableOf } from '../../../detector-masksim/test/published.js';
import { linesOf, syntrace } from './command.js';
import { generatedPng, photoPng } from './files.js';

const root = mkdtempSync(join(tmpdir(), 'syntrace-masksim-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const write = (path: string, bytes: Uint8Array) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
};
const REALS = Array.from({ length: 20 }, (_, i) => [`photo${i}.png`, i / 20] as const);
const run = (...args: string[]) => syntrace(args, { cwd: root });
const cardOf = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'model.json'), 'utf8'));

beforeAll(async () => {
  for (const split of ['train', 'val', 'test'])
    for (const [i, name] of ['a', 'b'].entries()) {
      write(`data/${split}/gen/0_real/${name}.png`, await photoPng(10 * split.length + i, 96));
      write(`data/${split}/gen/1_fake/${name}.png`, await generatedPng(100 * split.length + i, 96));
      write(`more/${split}${name}.png`, await generatedPng(1000 * split.length + i, 96));
    }
  for (const [i, name] of ['sd1', 'gen'].entries()) {
    write(`checkpoints/${name}-epoch=0${i}-valid_loss=0.1.ckpt`, publishedState(i + 1));
    write(`checkpoints/calibration_${name}.csv`, tableOf(REALS));
  }
  const { code, stdout } = await run('models', 'import', 'masksim', 'checkpoints', '--out', 'imported');
  expect([code, stdout]).toEqual([0, expect.stringContaining('2 generators, 2 of them with calibration tables')]);
}, 120_000);

describe('imported checkpoints', () => {
  it('judge, by default and as published', async () => {
    const detect = async (...args: string[]) =>
      linesOf((await run('detect', 'data/test/gen/1_fake/a.png', '--detector', 'masksim', '--weights', 'imported', '--ndjson', ...args)).stdout)[0]!;
    const [plain, published] = [await detect(), await detect('--compat')];
    expect(plain.threshold).toBe(cardOf('imported').threshold);
    expect(published.score).toBeGreaterThanOrEqual(0);
    expect(published.score).toBeLessThanOrEqual(1);
    const { code, stderr } = await run('detect', 'data/test/gen/1_fake/a.png', '--compat');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--compat is for masksim')]);
  });

  it('are tested in the published views, after JPEG too', async () => {
    const { code, stdout, stderr } = await run('masksim', 'test', 'data/test', '--weights', 'imported', '--quality', '80', '--out', 'figures.json', '--json');
    expect([code, stderr]).toEqual([0, expect.anything()]);
    const tables = JSON.parse(stdout) as readonly {
      condition: string;
      pictures: number;
      views: Record<string, Record<string, { auroc: number; real: number; generated: number }>>;
      oneClass: object;
    }[];
    expect(tables.map(({ condition, pictures }) => [condition, pictures])).toEqual([
      ['as stored', 4],
      ['jpeg:80', 4],
    ]);
    for (const { views, oneClass } of tables) {
      expect(Object.keys(views)).toEqual(['specific', 'generic', 'generalised']);
      for (const view of Object.values(views)) expect(view.gen).toMatchObject({ real: 2, generated: 2, auroc: expect.any(Number) });
      expect(Object.keys(oneClass)).toEqual(['gen', 'sd1']);
    }
    const rows = JSON.parse(readFileSync(join(root, 'figures.json'), 'utf8')).conditions[0].rows;
    expect(rows).toHaveLength(4);
    expect(Object.keys(rows[0].probabilities).sort()).toEqual(['gen', 'sd1']);
  });
});

it('masksim prepare cuts and compresses once, and says what is too small', async () => {
  const { code, stderr } = await run('masksim', 'prepare', 'data/test', '--out', 'processed', '--window', '80');
  expect([code, stderr]).toEqual([0, expect.stringContaining('wrote 4 pictures')]);
  const { width, height, source } = await decode(readFileSync(join(root, 'processed/JPEG_Qrandom/gen/1_fake/a.jpg')));
  expect([width, height, source.format]).toEqual([80, 80, 'jpeg']);
  expect(source.jpeg!.quality).toBeGreaterThanOrEqual(65);
  const small = await run('masksim', 'prepare', 'data/test', '--out', 'large', '--window', '128');
  expect([small.code, small.stderr]).toEqual([1, expect.stringContaining('IMAGE_TOO_SMALL')]);
});

describe('train masksim --add', () => {
  const settings = ['window=64', 'preprocess=wavelet', 'epochs=1', 'looks=1', 'batch=4'].flatMap(option => ['--set', option]);

  it('learns one more generator from a folder', async () => {
    expect((await run('train', 'masksim', 'data', '--out', 'own', ...settings)).code).toBe(0);
    expect((await run('train', 'masksim', 'data', '--out', 'both', '--weights', 'own', ...settings, '--add', 'newgen', 'more')).code).toBe(0);
    const names = (folder: string) => cardOf(folder).preprocessing.windows[0].generators.map(({ name }: { name: string }) => name);
    expect([names('own'), names('both')]).toEqual([['gen'], ['gen', 'newgen']]);
  });

  it.each([
    ['without a folder', ['masksim', '--add', 'newgen'], /takes a name and a folder/],
    ['for a method that keeps no generators apart', ['npr', '--add', 'newgen', 'more'], /learn each generator by itself/],
  ])('is refused %s', async (_, [detector, ...args], words) => {
    const { code, stderr } = await run('train', detector!, 'data', '--out', 'refused', ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  });
});
