import { type Artifact, logit, seededRandom } from '@syntrace/core';
import { importFiles } from '@syntrace/model-runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { photograph } from '../../detector-frequency/test/pictures.js';
import { maskSimDetector } from '../src/detector.js';
import { importableFiles } from '../src/import/importable.js';
import { modelOf } from '../src/model/model.js';
import { runtime } from './platform/node.js';
import { publishedState, tableOf, WINDOW } from './published.js';

const host = openHost();
const models = runtime();
afterAll(() => models.close());

/** Two models with two tables each, in the published folders. */
const random = seededRandom(1, 'tables');
const ROWS = Array.from({ length: 200 }, (_, i) => [`photo${i}_crop0.png`, random.next(), random.next()] as const);
const part = (column: 1 | 2, from: number, to: number) => tableOf(ROWS.slice(from, to).map(row => [row[0], row[column]] as const));
const FOLDER = new Map([
  ['newsynth/sd1-epoch=03-valid_auroc=0.98-valid_loss=0.150-low_loss.ckpt', publishedState(3)],
  ['newsynth/sd1-epoch=12-valid_auroc=0.99-valid_loss=0.090-low_loss.ckpt', publishedState(1)],
  ['newsynth/dalle2-epoch=37-valid_auroc=1.00-valid_loss=0.065-low_loss.ckpt', publishedState(2)],
  ['calibration/coco_sd1.csv', part(1, 0, 120)],
  ['calibration/faces_sd1.csv', part(1, 120, 200)],
  ['calibration/coco_dalle2.csv', part(2, 0, 120)],
  ['calibration/faces_dalle2.csv', part(2, 120, 200)],
  ['calibration/all_to_max.csv', new TextEncoder().encode('anything')],
]);

async function judge(weights: Artifact, compat: boolean) {
  const open = await maskSimDetector({ weights, compat }).open({ ...host.context, models });
  const [score] = await host.withRun(run => open.detect([photograph(1, 100, 80)], run)).finally(() => open.close());
  return score!;
}

describe('a folder of checkpoints with tables', () => {
  it('gives a model of each class, the one of its last epoch, and the published decision', async () => {
    const { artifact, layout } = await importFiles(FOLDER, 'checkpoints', importableFiles, models);
    expect(layout).toContain('2 generators, 2 of them with calibration tables');
    const [set] = modelOf(artifact).sets;
    expect(set!.window).toBe(WINDOW);
    expect(set!.generators.map(({ name, negatives }) => [name, negatives.length])).toEqual([
      ['dalle2', 200],
      ['sd1', 200],
    ]);
    expect([...artifact.files.keys()]).toEqual(['masks.safetensors', 'denoiser-dalle2.onnx', 'denoiser-sd1.onnx']);
    expect((artifact.card.training.imported as { generators: Record<string, { file: string }> }).generators.sd1!.file).toContain('epoch=12');

    const score = await judge(artifact, true);
    const { generators, window } = score.evidence;
    expect(window).toEqual({ x: 16, y: 8, width: WINDOW, height: WINDOW });
    // The published rule by its definition.
    const q = (value: number, column: 1 | 2) => ROWS.filter(row => row[column] < value).length / ROWS.length;
    const own = new Map(generators.map(({ generator, probability }) => [generator, q(probability, generator === 'sd1' ? 1 : 2)]));
    for (const { generator, falsePositiveRate } of generators) expect(falsePositiveRate).toBeCloseTo(1 - own.get(generator)!, 9);
    const largest = Math.max(...own.values());
    const all = ROWS.map(row => Math.max(q(row[1], 1), q(row[2], 2)));
    const rate = 1 - all.filter(value => value < largest).length / all.length;
    expect(score).toMatchObject({ score: largest, realShare: rate, verdict: rate < 0.1 ? 'synthetic' : 'real', probability: null });
  });

  it('by default scores by the largest standardised logit, with 5 of 100 photographs of the tables above the threshold', async () => {
    const { artifact } = await importFiles(FOLDER, 'checkpoints', importableFiles, models);
    const score = await judge(artifact, false);
    const standard = (column: 1 | 2) => {
      const logits = ROWS.map(row => logit(row[column]));
      const mean = logits.reduce((a, b) => a + b, 0) / logits.length;
      return { mean, deviation: Math.sqrt(logits.reduce((sum, z) => sum + (z - mean) ** 2, 0) / logits.length) };
    };
    const by = { sd1: standard(1), dalle2: standard(2) };
    const expected = Math.max(
      ...score.evidence.generators.map(({ generator, logit: z }) => (z - by[generator as 'sd1'].mean) / by[generator as 'sd1'].deviation),
    );
    expect(score.score).toBeCloseTo(expected, 6);
    const scores = ROWS.map(row => Math.max((logit(row[1]) - by.sd1.mean) / by.sd1.deviation, (logit(row[2]) - by.dalle2.mean) / by.dalle2.deviation));
    expect(scores.filter(value => value > score.threshold!).length).toBe(10);
  });
});

describe('one checkpoint', () => {
  it('without tables decides at a probability of one half', async () => {
    const { artifact } = await importFiles(new Map([['mine.ckpt', publishedState(1)]]), 'mine.ckpt', importableFiles, models);
    const [score, published] = [await judge(artifact, false), await judge(artifact, true)];
    const [{ logit: z, probability, falsePositiveRate }] = score.evidence.generators as [(typeof score.evidence.generators)[number]];
    expect(falsePositiveRate).toBeNull();
    expect(score).toMatchObject({ score: z, threshold: 0, verdict: z > 0 ? 'synthetic' : 'real' });
    expect(published).toMatchObject({ score: probability, threshold: 0.5, verdict: probability > 0.5 ? 'synthetic' : 'real' });
  });

  it.each([
    ['without its reference', 'reference', (state: Map<string, unknown>) => state.delete('ref_pattern_list.0')],
    ['without a part of its denoiser', 'missing', (state: Map<string, unknown>) => state.delete('preproc.model.47.bias')],
    [
      'with another front end',
      'front end',
      (state: Map<string, unknown>) => {
        for (const name of [...state.keys()]) if (name.startsWith('preproc')) state.delete(name);
      },
    ],
    ['with what does not belong to it', 'extra.weight', (state: Map<string, unknown>) => state.set('extra.weight', state.get('clf_a'))],
  ])('%s is refused', async (_, detail, spoil) => {
    const bytes = publishedState(1, state => {
      spoil(state);
    });
    await expect(importFiles(new Map([['a.ckpt', bytes]]), 'a.ckpt', importableFiles, models)).rejects.toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringContaining(detail),
    });
  });

  it('a denoiser alone is none, and the refusal says what it is good for', async () => {
    const bytes = publishedState(1, state => {
      for (const [name, tensor] of [...state]) {
        state.delete(name);
        if (name.startsWith('preproc.model.')) state.set(name.slice('preproc.model.'.length), tensor);
      }
    });
    await expect(importFiles(new Map([['dncnn.pth', bytes]]), 'dncnn.pth', importableFiles, models)).rejects.toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringContaining('preprocess=DnCNN'),
    });
  });
});
