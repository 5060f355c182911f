import { seededRandom } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { meansOf } from '../src/numerics/means.js';
import { openTable } from '../src/numerics/open-table.js';
import { pceAll } from '../src/numerics/pce-all.js';
import { pceOfMembers } from '../src/numerics/pce-of-members.js';
import { residualsBy, residualsOf } from '../src/residuals/residuals.js';
import { openKernels } from './kernels.js';

const host = openKernels();
const SIDE = 16;

/** White noise with a pattern in common, so that some pairs stand out. */
function noise(count: number, pattern = 0.25) {
  const random = seededRandom(1, 'residuals');
  const common = Float32Array.from({ length: SIDE * SIDE }, () => random.next() - 0.5);
  const maps = Array.from({ length: count }, () => common.map(value => pattern * value + random.next() - 0.5));
  return residualsOf(SIDE, SIDE, maps);
}

const lower = (matrix: Float64Array, n: number) => Array.from({ length: n }, (_, row) => [...matrix.subarray(row * n, row * n + row)]).flat();

describe('a table of more clusters than a strip holds', () => {
  it('has the PCE of all pairs, and those above the threshold in order', async () => {
    const residuals = noise(600);
    const table = await openTable(host.kernels, residuals, 8);
    const [whole, strips] = [await pceAll(host.kernels, residuals), await table.matrix()];
    expect(strips).toEqual(whole);
    const above = await table.above();
    const wanted = lower(whole, 600).filter(pce => pce > 8);
    expect(above).toHaveLength(wanted.length);
    expect(wanted.length).toBeGreaterThan(100);
    for (const { row, column, pce } of above.slice(0, 50)) expect(pce).toBeCloseTo(whole[row * 600 + column]!, 6);
    expect(above.every(({ row }, i) => i === 0 || row >= above[i - 1]!.row)).toBe(true);
  });

  it('says how far it is, and stops when it is told to', async () => {
    const residuals = noise(600);
    const heard: number[] = [];
    await openTable(host.kernels, residuals, 8, { onCompared: (done, total) => heard.push(done / total) });
    expect(heard).toHaveLength(6);
    expect(heard.at(-1)).toBe(1);
    const controller = new AbortController();
    const stopped = openTable(host.kernels, residuals, 8, { signal: controller.signal, onCompared: () => controller.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });

  it.each([false, true])('compares unions by the sums of their parts, from any clusters to begin with; table kept: %s', async keepMatrix => {
    const residuals = noise(40);
    const start = [[0, 1, 2], [3], [4, 5], ...Array.from({ length: 30 }, (_, i) => [i + 6])];
    const table = await openTable(host.kernels, residuals, 8, { start, keepMatrix });
    await table.merge([{ row: 2, column: 0, pce: 1 }]);
    const clusters = [[3], ...start.slice(3), [4, 5, 0, 1, 2]];
    const wanted = await pceAll(host.kernels, await meansOf(host.kernels, residuals, clusters));
    for (const [i, pce] of (await table.matrix()).entries()) expect(Math.abs(pce - wanted[i]!)).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(wanted[i]!)));
    const above = (await table.above()).map(({ row, column }) => row * clusters.length + column).sort((a, b) => a - b);
    expect(above).toEqual([...wanted.keys()].filter(i => wanted[i]! > 8));
  });
});

describe('groups of more residuals than a block holds', () => {
  it('have the mean of all their members', async () => {
    // Made when they are fetched; 64 MB hold four.
    const side = 2048;
    const large = residualsBy(side, side, 6, async index => new Float32Array(side * side).fill(index ** 2));
    const [mean] = (await meansOf(host.kernels, large, [[0, 1, 2, 3, 4, 5]])).maps;
    expect(mean![0]).toBeCloseTo(55 / 6, 5);
    expect(mean!.at(-1)).toBe(mean![0]);
  });

  it('score each member against all others', async () => {
    const residuals = noise(9, 1);
    const members = [1, 3, 4, 5, 7, 8];
    const [whole, parts] = [
      await pceOfMembers(host.kernels, residuals, members),
      await pceOfMembers(host.kernels, residuals, members, [[1, 3], [4, 5, 7], [8]]),
    ];
    for (const [i, pce] of parts.entries()) expect(pce / whole[i]!).toBeCloseTo(1, 4);
  });
});
