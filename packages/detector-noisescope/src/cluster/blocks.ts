import type { Random } from '@syntrace/core';
import type { PceTable } from './pce-table.js';
import { type Cluster, type Clustering, mergeRounds, type Round, type RoundOptions } from './rounds.js';

/** A block that is done: its clusters and what was merged. */
export interface Block {
  readonly block: number;
  readonly clusters: readonly Cluster[];
  readonly rounds: readonly Round[];
}

/** Keeps finished blocks of a run, so that an interrupted one goes on; made by the host, for one pile and its settings. */
export interface BlockStore {
  get(block: number): Block | undefined;
  put(block: Block): void;
}

export interface BlockOptions extends Pick<RoundOptions, 'onRound' | 'signal'> {
  /** Pictures that are clustered by themselves at a time. */
  readonly blockSize: number;
  /** Clusters need more members than this to be judged: a block's part of one that has as many is large enough to go on. */
  readonly minimumCluster: number;
  readonly random: Random;
  readonly onBlock?: (picturesDone: number) => void;
  readonly store?: BlockStore;
}

/** Clusters drawn blocks of pictures by themselves, then the blocks' clusters with one another (spec section 13.7). Not exact: pictures of different blocks
 *  meet only as clusters. No early stop: parts of one generator are all large before they have met. A block's cluster goes on when it holds its share, minimumCluster/blocks and at least 2, of one that could be judged: of any larger
 *  cluster, some block has that share. Memory is that of a block, or of the clusters that go on. About pictures · blockSize/2 comparisons, and theirs. */
export async function mergeBlocks(
  pictures: number,
  open: (start: readonly Cluster[]) => Promise<PceTable>,
  { blockSize, minimumCluster, random, onBlock, onRound, store, signal }: BlockOptions,
): Promise<Clustering> {
  const order = random.shuffle(Array.from({ length: pictures }, (_, i) => i));
  const blocks = Math.ceil(pictures / blockSize);
  const least = Math.max(2, Math.ceil(minimumCluster / blocks));
  const rounds: Round[] = [];
  const [onwards, left]: [Cluster[], Cluster[]] = [[], []];
  for (let at = 0; at < blocks; at++) {
    const start = order.slice(at * blockSize, (at + 1) * blockSize).map(picture => [picture]);
    const known = store?.get(at + 1);
    const block = known ?? (await mergeBlock(at + 1, start, open, signal));
    if (!known) store?.put(block);
    for (const round of block.rounds) {
      rounds.push(round);
      await onRound?.(round);
    }
    for (const cluster of block.clusters) (cluster.length >= least ? onwards : left).push(cluster);
    onBlock?.(Math.min(pictures, (at + 1) * blockSize));
  }
  if (onwards.length === 0) return { clusters: left, rounds, stop: 'nothing-above-threshold' };
  const joined = await mergeRounds(await open(onwards), { ...NO_EARLY_STOP, start: onwards, signal, ...(onRound && { onRound }) });
  return { clusters: [...joined.clusters, ...left], rounds: [...rounds, ...joined.rounds], stop: joined.stop };
}

const NO_EARLY_STOP = { earlyStop: Number.POSITIVE_INFINITY, foundEarly: async () => false };

async function mergeBlock(
  block: number,
  start: readonly Cluster[],
  open: (start: readonly Cluster[]) => Promise<PceTable>,
  signal: AbortSignal,
): Promise<Block> {
  const { clusters, rounds } = await mergeRounds(await open(start), { ...NO_EARLY_STOP, start, signal });
  return { block, clusters, rounds: rounds.map(round => ({ ...round, block })) };
}
