import { greedyMatching } from './matching.js';
import type { PceTable } from './pce-table.js';

/** Pictures by number, from 0; the members of the row cluster come first. */
export type Cluster = readonly number[];

/** One line of the merge log. */
export interface Round {
  readonly round: number;
  /** The block of pictures that merged by itself, from 1; absent where all take part. */
  readonly block?: number;
  readonly clusters: number;
  readonly pairsAbove: number;
  readonly merges: readonly { readonly a: Cluster; readonly b: Cluster; readonly pce: number }[];
}

/** Why merging ended. */
export type Stop = 'nothing-above-threshold' | 'found-early';

export interface Clustering {
  readonly clusters: readonly Cluster[];
  readonly rounds: readonly Round[];
  readonly stop: Stop;
}

export interface RoundOptions {
  /** What the table begins with (default: each picture by itself). */
  readonly start?: readonly Cluster[];
  /** A cluster with more members than this makes the round ask `foundEarly`. */
  readonly earlyStop: number;
  /** Whether the clusters so far hold one that is synthetic: then merging ends. */
  readonly foundEarly: (clusters: readonly Cluster[], round: number) => Promise<boolean>;
  /** Before each round's merges, with the table as it stands. */
  readonly beforeMerge?: (round: number) => Promise<void>;
  readonly onRound?: (round: Round) => void | Promise<void>;
  readonly signal: AbortSignal;
}

/** Merges clusters round by round: each round matches all clusters greedily above the threshold, until nothing is above it or a large cluster is
 *  found synthetic (spec section 5). About log2 n rounds and a few. */
export async function mergeRounds(table: PceTable, { start, earlyStop, foundEarly, beforeMerge, onRound, signal }: RoundOptions): Promise<Clustering> {
  let clusters: readonly Cluster[] = start ?? Array.from({ length: table.count }, (_, i) => [i]);
  const rounds: Round[] = [];
  for (let round = 0; ; round++) {
    signal.throwIfAborted();
    await beforeMerge?.(round);
    const large = clusters.some(cluster => cluster.length > earlyStop);
    const pairs = await table.above();
    const found = large && (await foundEarly(clusters, round));
    const matched = found ? [] : greedyMatching(pairs);
    const merges = matched.map(({ row, column, pce }) => ({ a: clusters[row]!, b: clusters[column]!, pce }));
    const entry = { round, clusters: clusters.length, pairsAbove: pairs.length, merges };
    rounds.push(entry);
    await onRound?.(entry);
    if (found || matched.length === 0) return { clusters, rounds, stop: found ? 'found-early' : 'nothing-above-threshold' };
    await table.merge(matched);
    clusters = merged(clusters, matched);
  }
}

function merged(clusters: readonly Cluster[], matched: readonly { readonly row: number; readonly column: number }[]): readonly Cluster[] {
  const gone = new Set(matched.flatMap(({ row, column }) => [row, column]));
  return [...clusters.filter((_, i) => !gone.has(i)), ...matched.map(({ row, column }) => [...clusters[row]!, ...clusters[column]!])];
}
