import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encodePng } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { syntrace } from './command.js';
import { generatedPng, makeTree, photoPng } from './files.js';

const golden = join(process.env.SYNTRACE_SHARED ?? join(import.meta.dirname, '../../../../../shared'), 'golden/npr');
const hasGolden = existsSync(golden);
if (!hasGolden) process.stderr.write(`\nSKIPPED: the published training of NPR: there is no ${golden}. Set SYNTRACE_SHARED.\n`);
const set = (settings: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);

/** A column of the curve. */
function column(root: string, name: string): readonly number[] {
  const [head, ...rows] = readFileSync(join(root, 'out/curve.csv'), 'utf8').trim().split('\n');
  const at = head!.split(',').indexOf(name);
  return rows.map(row => Number(row.split(',')[at]));
}

interface Window {
  readonly image: string;
  readonly rows: readonly [number, number];
  readonly cols: readonly [number, number];
  readonly label: 0 | 1;
}

/** The windows on which the published trainer was recorded, as a dataset. */
async function goldenTree(windows: readonly Window[]): Promise<string> {
  const files: Record<string, Uint8Array> = {};
  for (const [i, { image, rows, cols, label }] of windows.entries()) {
    const { width, data } = await decode(join(golden, image));
    const row = (y: number) => data.subarray((y * width + cols[0]) * 3, (y * width + cols[1]) * 3);
    const part = new Uint8Array((rows[1] - rows[0]) * (cols[1] - cols[0]) * 3);
    for (let y = rows[0]; y < rows[1]; y++) part.set(row(y), (y - rows[0]) * (cols[1] - cols[0]) * 3);
    const png = await encodePng({ width: cols[1] - cols[0], height: rows[1] - rows[0], data: part });
    for (const split of ['train', 'val']) files[`${split}/${label === 0 ? '0_real' : '1_fake'}/${i}.png`] = png;
  }
  return makeTree(files);
}

interface Training {
  readonly batch: readonly Window[];
  readonly float32: readonly { readonly loss: number; readonly grad_l2_total: number }[];
}

describe.skipIf(!hasGolden)('the published training', () => {
  it('gives the losses and gradient norms of the official trainer, through the command', async () => {
    const { batch, float32 } = JSON.parse(readFileSync(join(golden, 'training.json'), 'utf8')) as Training;
    const root = await goldenTree(batch);
    // One batch, the same at each step: an epoch a step, nothing drawn.
    const still = {
      crops: 1,
      no_flip: true,
      blur_prob: 0,
      jpg_prob: 0,
      webp_prob: 0,
      resize_prob: 0,
      class_bal: false,
      val_crop: 64,
      weight_decay: 0,
      head_looks: 0,
    };
    const published = { lr: 2e-4, batch_size: 4, niter: float32.length, schedule: 'steps', cropSize: 64 };
    const args = ['train', 'npr', '.', '--out', 'out', '--from', join(golden, 'npr_seed100.pth'), ...set({ ...still, ...published })];
    await syntrace(args, { cwd: root });
    const [losses, gradients] = [column(root, 'loss'), column(root, 'gradient')];
    expect(losses).toHaveLength(5);
    // Adam amplifies rounding: as near as PyTorch's own float32 and float64 are to each other.
    float32.forEach(({ loss, grad_l2_total: gradient }, step) => {
      expect(Math.abs(losses[step]! / loss - 1)).toBeLessThan([1e-6, 1e-3, 3e-3, 5e-3, 1e-2][step]!);
      expect(Math.abs(gradients[step]! / gradient - 1)).toBeLessThan([5e-3, 2e-2, 5e-2, 5e-2, 1e-1][step]!);
    });
  });
});

/** What enlarging leaves is learnt in seconds by a narrow network. */
const QUICK = {
  width: 4,
  cropSize: 32,
  val_crop: 48,
  head_crop: 48,
  batch_size: 8,
  niter: 4,
  lr: 0.01,
  real_accuracy: 0.9,
  threads: 1,
  jpg_qual: '95,98',
  resize_prob: 0,
};

async function quickTree(): Promise<string> {
  const files: Record<string, Uint8Array> = {};
  for (const [split, count] of [
    ['train', 24],
    ['val', 6],
  ] as const)
    for (let i = 0; i < count; i++) {
      files[`${split}/0_real/${i}.png`] = await photoPng(100 + i, 64);
      files[`${split}/1_fake/${i}.png`] = await generatedPng(200 + i, 64);
    }
  return makeTree(files);
}

describe('train npr', () => {
  it('writes a model that judges, its curves, and goes on where it was stopped', async () => {
    const root = await quickTree();
    const train = (niter: number) => syntrace(['train', 'npr', '.', '--out', 'out', '--resume', 'npr.checkpoint', ...set({ ...QUICK, niter })], { cwd: root });
    const first = await train(2);
    expect(first.stderr).toMatch(/epoch 2 · rate/);
    const begun = column(root, 'loss');
    const { code, stderr } = await train(4);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/wrote out\/model\.json, out\/model\.onnx/)]);
    const losses = column(root, 'loss');
    expect(losses.slice(0, 2)).toEqual(begun);
    expect(losses).toHaveLength(4);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    expect(readFileSync(join(root, 'out/curve.html'), 'utf8')).toMatch(/as stored AUC[\s\S]*Learning rate/);
    const card = JSON.parse(readFileSync(join(root, 'out/model.json'), 'utf8'));
    expect(card).toMatchObject({
      detector: 'npr',
      calibration: { method: 'platt' },
      training: { width: 4, cropSize: 32, steps: 24 },
      recorded: { shape: [2, 3, 32, 32] },
    });
    const judged = await syntrace(['detect', 'val', '--detector', 'npr', '--weights', 'out', '--json'], { cwd: root });
    expect(judged.code).toBe(0);
    const scores = JSON.parse(judged.stdout) as readonly { readonly path: string; readonly score: number }[];
    const mean = (folder: string) => {
      const own = scores.filter(({ path }) => path.includes(folder));
      return own.reduce((sum, { score }) => sum + score, 0) / own.length;
    };
    expect(mean('1_fake')).toBeGreaterThan(mean('0_real'));
  });

  it.each([
    ['an option that is none', ['--set', 'epochs=3'], /there is no option epochs/],
    ['odd crops', ['--set', 'cropSize=63'], /cropSize, val_crop and head_crop must be even/],
    ['a probability above 1', ['--set', 'jpg_prob=2'], /jpg_prob must be in 0…1/],
    ['an interval that is none', ['--set', 'jpg_qual=90,60'], /jpg_qual must be a number or two/],
    ['classes that are not there', ['--set', 'classes=horse'], /0 real and 0 synthetic training pictures/],
    ['a start that is no checkpoint', ['--from', 'val/0_real/0.png'], /CHECKPOINT_INVALID/],
  ])('refuses %s', async (_, args, words) => {
    const root = await makeTree({
      'train/0_real/0.png': await photoPng(1, 64),
      'train/1_fake/0.png': await generatedPng(1, 64),
      'val/0_real/0.png': await photoPng(2, 64),
      'val/0_real/1.png': await photoPng(3, 64),
      'val/1_fake/0.png': await generatedPng(2, 64),
    });
    const { code, stderr } = await syntrace(['train', 'npr', '.', '--out', 'out', ...args], { cwd: root });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(words);
  });
});
