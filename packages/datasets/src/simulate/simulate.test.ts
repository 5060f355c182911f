import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Random, seededRandom } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { openKernels } from '../../test/kernels.js';
import { makeTree, pngOf } from '../../test/tree.js';
import { decodedAgain, decodedWindow, undecoded } from './decode-again.js';
import { drawDecoding, drawKernels, OPERATORS, SMOOTHEST } from './operators.js';
import { simulateFolder } from './simulate-folder.js';

const kernels = openKernels();
const random = (seed = 1): Random => seededRandom(seed, 'test');
const image = async (width = 180, height = 150) => decode({ uri: 'a.png', data: await pngOf(width, height) });

/** What a low sample at offset (y, x) adds to the sample at (i, j) of a cell: nearest or bilinear growth, then a 3×3 convolution, sample by sample. */
function impulse(grow: 'nearest' | 'bilinear', convolution: readonly number[], i: number, j: number, y: number, x: number): number {
  const SIDE = 7;
  const low = (v: number, u: number) => Number(v === 3 + y && u === 3 + x);
  const at = (v: number, u: number): number => {
    if (grow === 'nearest') return low(Math.floor(v / 2), Math.floor(u / 2));
    // Half-sample centres, as torch's interpolate without align_corners.
    const [fy, fx] = [(v + 0.5) / 2 - 0.5, (u + 0.5) / 2 - 0.5];
    const [y0, x0] = [Math.floor(fy), Math.floor(fx)];
    const [b, a] = [fy - y0, fx - x0];
    return (1 - b) * ((1 - a) * low(y0, x0) + a * low(y0, x0 + 1)) + b * ((1 - a) * low(y0 + 1, x0) + a * low(y0 + 1, x0 + 1));
  };
  let sum = 0;
  for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += convolution[3 * (dy + 1) + dx + 1]! * at(SIDE - 1 + i + dy, SIDE - 1 + j + dx);
  return sum;
}

describe('operators', () => {
  it.each(['nearest', 'bilinear'] as const)('%s is growth and convolution as one', operator => {
    const convolution = [1, 2, 1, 2, 12, 2, 1, 2, 1].map(weight => weight / 24);
    const weights = drawKernels(operator, 0, random());
    for (const i of [0, 1])
      for (const j of [0, 1])
        for (const y of [-1, 0, 1])
          for (const x of [-1, 0, 1]) expect(weights[9 * (2 * i + j) + 3 * (y + 1) + x + 1]).toBeCloseTo(impulse(operator, convolution, i, j, y, x), 6);
  });

  it('shuffle and transposed convolution without noise only grow linearly, or as their kernels do', () => {
    expect(Array.from(drawKernels('shuffle', 0, random()))).toEqual(Array.from(SMOOTHEST));
    // A kernel of 4 is the bilinear one of FCN; one of 3 puts a sample, then the mean of two.
    const seen = new Set(Array.from({ length: 20 }, (_, seed) => drawKernels('transposed', 0, random(seed)).join()));
    expect(seen).toEqual(new Set([SMOOTHEST.join(), Float32Array.of(...THREE).join()]));
  });

  it.each(OPERATORS)('%s keeps brightness, whatever the noise; phases of their own differ', operator => {
    const weights = drawKernels(operator, 0.05, random());
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(4, 5);
    const phases = [0, 1, 2, 3].map(phase => weights.subarray(9 * phase, 9 * phase + 9).reduce((sum, weight) => sum + weight, 0));
    const spread = Math.max(...phases) - Math.min(...phases);
    // A growth before one convolution is the same for all phases in flat places.
    if (operator === 'nearest' || operator === 'bilinear') expect(spread).toBeLessThan(1e-6);
    else expect(spread).toBeGreaterThan(1e-4);
  });
});

const THREE = [
  [0, 0, 0, 0, 1, 0, 0, 0, 0],
  [0, 0, 0, 0, 0.5, 0.5, 0, 0, 0],
  [0, 0, 0, 0, 0.5, 0, 0, 0.5, 0],
  [0, 0, 0, 0, 0.25, 0.25, 0, 0.25, 0.25],
].flat();

describe('a picture decoded again', () => {
  const smooth = (doublings: number) => Array.from({ length: doublings }, () => [SMOOTHEST, SMOOTHEST, SMOOTHEST]);
  const path = { operator: 'shuffle', noise: 0 } as const;

  it.each([1, 2, 3])('is the same part of it, to the byte, where the code keeps all detail: %i doublings', async doublings => {
    const picture = await image(220, 190);
    const again = await decodedAgain(picture, { ...path, doublings, kernels: smooth(doublings), detail: 1 }, kernels());
    expect(again).toEqual(await undecoded(picture, doublings, kernels()));
    expect(again).toMatchObject({ width: decodedWindow(picture, doublings).width, height: decodedWindow(picture, doublings).height });
  });

  it('keeps slopes where it keeps no detail', async () => {
    const data = Uint8Array.from({ length: 3 * 160 * 140 }, (_, i) => 20 + Math.floor(i / 3 / 160) + (i % 3) * 10);
    const picture = { ...(await image(160, 140)), data };
    const again = await decodedAgain(picture, { ...path, doublings: 1, kernels: smooth(1), detail: 0 }, kernels());
    const want = await undecoded(picture, 1, kernels());
    expect(Math.max(...again.data.map((value, i) => Math.abs(value - want.data[i]!)))).toBeLessThanOrEqual(1);
  });

  it('is refused where too little is left', () => {
    expect(decodedWindow({ width: 140, height: 400, source: { uri: 'a' } } as never, 2)).toEqual({ x: 6, y: 6, width: 128, height: 388 });
    expect(() => decodedWindow({ width: 139, height: 400, source: { uri: 'a' } } as never, 2)).toThrow(expect.objectContaining({ code: 'IMAGE_TOO_SMALL' }));
  });
});

describe('simulateFolder', () => {
  it('makes pairs of one size with equal bytes whatever the threads, and tells what was drawn', async () => {
    const input = makeTree({
      'a.png': await pngOf(200, 190),
      'b.png': await pngOf(210, 180),
      'c.png': await pngOf(190, 200, 1),
      'small.png': await pngOf(100, 100),
    });
    const outs = [join(makeTree({}), 'out'), join(makeTree({}), 'out')];
    for (const [i, out] of outs.entries()) {
      const { real, fake } = await simulateFolder(input, out, { operators: ['nearest', 'transposed'], seed: 7 }, kernels(), { concurrency: 1 + 3 * i });
      expect([real.written, fake.written, fake.failed.map(({ code }) => code)]).toEqual([3, 3, ['IMAGE_TOO_SMALL']]);
    }
    for (const folder of ['0_real', '1_fake'])
      for (const name of ['files.csv', 'a.png', 'b.png', 'c.png'])
        expect(await readFile(join(outs[0]!, folder, name))).toEqual(await readFile(join(outs[1]!, folder, name)));
    for (const name of ['a.png', 'b.png']) {
      const [real, fake] = await Promise.all(['0_real', '1_fake'].map(folder => decode(join(outs[0]!, folder, name))));
      expect([fake!.width, fake!.height]).toEqual([real!.width, real!.height]);
      expect(fake!.data).not.toEqual(real!.data);
    }
    expect(await readFile(join(outs[0]!, '1_fake/files.csv'), 'utf8')).toMatch(
      /^source,output,operator,doublings,noise,detail,error\na.png,a.png,nearest,[123],0\.0[^\n]*\nb.png,b.png,transposed,/,
    );
  });

  it('draws by seed, name and place alone', () => {
    const drawn = (seed: number) => JSON.stringify(drawDecoding(OPERATORS, seed, 'a.png', 2));
    expect(drawn(1)).toBe(drawn(1));
    expect(drawn(1)).not.toBe(drawn(2));
    expect(drawDecoding(OPERATORS, 1, 'a.png', 2).operator).toBe('transposed');
  });
});
