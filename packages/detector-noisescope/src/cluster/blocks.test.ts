import { seededRandom } from '@syntrace/core';
import { expect, it } from 'vitest';
import { lineTable } from '../../test/line-table.js';
import { type Block, mergeBlocks } from './blocks.js';
import type { Cluster } from './rounds.js';

/** 40 pictures at 0 and 10 strangers. */
const values = [...Array.from({ length: 40 }, (_, i) => i / 1000), ...Array.from({ length: 10 }, (_, i) => 100 * (i + 1))];
const open = async (start: readonly Cluster[]) => lineTable(values, start);
const options = { blockSize: 10, minimumCluster: 20, signal: new AbortController().signal };
const run = (more: Partial<Parameters<typeof mergeBlocks>[2]> = {}) => mergeBlocks(values.length, open, { ...options, random: seededRandom(1), ...more });
const sorted = (clusters: readonly Cluster[]) => clusters.map(cluster => cluster.toSorted((a, b) => a - b).join(' ')).sort();

it('joins what blocks found apart, and keeps every picture once', async () => {
  const { clusters, rounds } = await run();
  const generator = clusters.find(cluster => cluster.includes(0))!;
  expect(generator.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  expect(clusters.flat().toSorted((a, b) => a - b)).toEqual(values.map((_, i) => i));
  expect(new Set(rounds.map(({ block }) => block))).toEqual(new Set([1, 2, 3, 4, 5, undefined]));
});

it('leaves parts below their share of the least cluster out of the joining', async () => {
  // Five blocks: a part goes on from 20/5 members on, here from 100/5.
  const { clusters } = await run({ minimumCluster: 100 });
  expect(Math.max(...clusters.map(({ length }) => length))).toBeLessThanOrEqual(10);
});

it('goes on after an interruption with the blocks that were finished', async () => {
  const kept = new Map<number, Block>();
  let opened = 0;
  const store = { get: (block: number) => kept.get(block), put: (block: Block) => void kept.set(block.block, block) };
  const whole = await run();
  const stopping = async (start: readonly Cluster[]) => {
    if (++opened === 4) throw new Error('power cut');
    return open(start);
  };
  await expect(mergeBlocks(values.length, stopping, { ...options, random: seededRandom(1), store })).rejects.toThrow('power cut');
  expect([...kept.keys()]).toEqual([1, 2, 3]);
  const counting = async (start: readonly Cluster[]) => {
    opened++;
    return open(start);
  };
  opened = 0;
  const again = await mergeBlocks(values.length, counting, { ...options, random: seededRandom(1), store });
  expect(opened).toBe(3);
  expect(sorted(again.clusters)).toEqual(sorted(whole.clusters));
  expect(again.rounds).toEqual(whole.rounds);
});
