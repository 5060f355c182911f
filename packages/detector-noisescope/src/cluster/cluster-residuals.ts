import { type Kernels, type RunProgress, seededRandom } from '@syntrace/core';
import { openTable } from '../numerics/open-table.js';
import type { PairFinder } from '../numerics/pair-finder.js';
import type { Residuals } from '../residuals/residuals.js';
import type { ClusterSettings } from '../settings.js';
import { type BlockStore, mergeBlocks } from './blocks.js';
import { type Clustering, mergeRounds, type RoundOptions } from './rounds.js';

export interface ClusterOptions extends Pick<RoundOptions, 'foundEarly' | 'onRound' | 'signal'> {
  readonly progress: (progress: RunProgress) => void;
  /** Gets each round's PCE table [clusters, clusters] before its merges; with blocks, no tables are made. */
  readonly onTable?: (round: number, clusters: number, table: Float64Array) => void | Promise<void>;
  /** Compares in the place of the kernels here. */
  readonly finder?: PairFinder;
  /** Keeps finished blocks. */
  readonly blocks?: BlockStore;
}

/** Merges all pictures with one another, or block by block. */
export async function clusterResiduals(
  residuals: Residuals,
  threshold: number,
  { blockSize, minimumCluster, earlyStop, seed }: ClusterSettings,
  kernels: Kernels,
  { foundEarly, onRound, signal, progress, onTable, finder, blocks }: ClusterOptions,
): Promise<Clustering> {
  const total = residuals.count;
  if (blockSize !== undefined && blockSize < total)
    return mergeBlocks(total, start => openTable(kernels, residuals, threshold, { start, signal, ...(finder && { finder }) }), {
      signal,
      blockSize,
      minimumCluster,
      random: seededRandom(seed, 'blocks'),
      onBlock: done => progress({ phase: 'compare', done, total }),
      ...(onRound && { onRound }),
      ...(blocks && { store: blocks }),
    });
  // Comparisons counted as pictures, so that the time that is left can be read off them.
  const onCompared = (done: number, pairs: number) => progress({ phase: 'compare', done: Math.floor((total * done) / pairs), total });
  const table = await openTable(kernels, residuals, threshold, { signal, onCompared, keepMatrix: onTable !== undefined, ...(finder && { finder }) });
  progress({ phase: 'compare', done: total, total });
  return mergeRounds(table, {
    earlyStop,
    foundEarly,
    signal,
    ...(onTable && { beforeMerge: async round => onTable(round, table.count, await table.matrix()) }),
    onRound: async round => {
      progress({ phase: 'merge', done: total - round.clusters, total });
      await onRound?.(round);
    },
  });
}
