import { describe, expect, it } from 'vitest';
import { lineTable } from '../../test/line-table.js';
import { greedyMatching } from './matching.js';
import type { Pair } from './pce-table.js';
import { mergeRounds } from './rounds.js';

describe('greedy matching', () => {
  it('takes the best pair, then the best that touches neither of its clusters', () => {
    const pair = (row: number, column: number, pce: number): Pair => ({ row, column, pce });
    const pairs = [pair(1, 0, 5), pair(2, 0, 9), pair(2, 1, 8), pair(3, 1, 7), pair(4, 3, 7), pair(5, 4, 1)];
    expect(greedyMatching(pairs)).toEqual([pair(2, 0, 9), pair(3, 1, 7), pair(5, 4, 1)]);
  });
});

const options = { earlyStop: 150, foundEarly: async () => false, signal: new AbortController().signal };

describe('merging', () => {
  it('goes on in rounds until nothing is above the threshold', async () => {
    const { clusters, rounds, stop } = await mergeRounds(lineTable([0, 1, 10, 11, 100]), options);
    expect(clusters).toEqual([[4], [1, 0], [3, 2]]);
    expect(rounds.map(({ clusters: count, pairsAbove, merges }) => [count, pairsAbove, merges.length])).toEqual([
      [5, 2, 2],
      [3, 0, 0],
    ]);
    expect(stop).toBe('nothing-above-threshold');
  });

  it('asks for generators only when a cluster is larger than the early stop, each round anew, and ends when one is found', async () => {
    const asked: number[] = [];
    const foundEarly = async (_: unknown, round: number) => {
      asked.push(round);
      return asked.length === 2;
    };
    const values = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
    const { clusters, stop } = await mergeRounds(lineTable(values), { ...options, earlyStop: 1, foundEarly });
    expect(asked).toEqual([1, 2]);
    expect(clusters.map(cluster => cluster.length)).toEqual([4, 4]);
    expect(stop).toBe('found-early');
  });

  it('says before each round’s merges that the table stands, and stops when it is told to', async () => {
    const before: number[] = [];
    await mergeRounds(lineTable([0, 1, 2, 3]), { ...options, beforeMerge: async round => void before.push(round) });
    expect(before).toEqual([0, 1]);
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(mergeRounds(lineTable([0, 1]), { ...options, signal: aborted })).rejects.toThrow('enough');
  });
});
