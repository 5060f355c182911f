import { setTimeout as sleep } from 'node:timers/promises';
import { SyntraceError } from '@syntrace/core';
import type { PairFinder } from '@syntrace/detector-noisescope';
import type { Queue } from '../batch/queue.js';
import type { Database } from '../database/database.js';
import { reworded } from '../judge/child-process.js';
import type { BlockPairs } from '../judge/messages.js';
import type { Store } from '../sources/store.js';
import { bytesOf, jobId, type PairJob, pairJob, sha, spectrumKey } from './pair-jobs.js';

export interface CoordinatorParts {
  readonly database: Database;
  readonly queue: Queue;
  readonly store: Store;
  /** Name of the queue, see `pairQueue`. */
  readonly name: string;
  /** Rows of a side of a block at most; smaller blocks are shared by more workers. Default 256. */
  readonly blockRows?: number;
}

/** Rows and bytes of a side of a block: some seconds of work, and what a worker holds. */
const SIDE_ROWS = 256;
const SIDE_BYTES = 32 << 20;
const LOOK_MS = 500;
const PUT_AT_ONCE = 8;
const INSERT_AT_ONCE = 500;

/** Finds pairs by jobs for any number of workers. Spectra lie in the store under the hash of their bytes, and a block's result under the hash of what it compares: a coordinator that was
 *  ended and starts again on the same pile finds what is done, and compares only the rest. The pairs and their values are those of the kernels, so that what is merged is what one machine merges. */
export function pairsByWorkers({ database, queue, store, name, blockRows = SIDE_ROWS }: CoordinatorParts): PairFinder & { forget(): Promise<void> } {
  const ids = new Map<Float32Array, string>();
  const blocks = new Set<string>();

  const stored = async (rows: readonly Float32Array[]): Promise<readonly string[]> => {
    const fresh = rows.filter(row => !ids.has(row));
    for (let at = 0; at < fresh.length; at += PUT_AT_ONCE)
      await Promise.all(
        fresh.slice(at, at + PUT_AT_ONCE).map(async row => {
          const id = sha(bytesOf(row));
          if (!(await store.has(spectrumKey(id)))) await store.put(spectrumKey(id), bytesOf(row));
          ids.set(row, id);
        }),
      );
    return rows.map(row => ids.get(row)!);
  };

  const results = async (jobs: readonly PairJob[]) => {
    const rows = await database.query<{ block: string; pairs: BlockPairs | null; error: { code: string; message: string; hint: string } | null }>(
      'SELECT block, pairs, error FROM syntrace.pair_block WHERE block IN (SELECT json_array_elements_text($1::json))',
      [JSON.stringify(jobs.map(({ block }) => block))],
    );
    const failed = rows.find(({ error }) => error);
    if (failed?.error) throw reworded(failed.error);
    return new Map(rows.map(({ block, pairs }) => [block, pairs!]));
  };

  return {
    async find(rows, { from, height, width, threshold, signal }, compared) {
      const keys = await stored(rows);
      const parts = blockParts(rows, from, blockRows);
      const jobs = parts.map(({ row, column }) =>
        pairJob({ rows: keys.slice(row.first, row.last), columns: column ? keys.slice(column.first, column.last) : null, height, width, threshold }),
      );
      for (const { block } of jobs) blocks.add(block);
      const known = await results(jobs);
      const missing = jobs.filter(({ block }) => !known.has(block));
      for (let at = 0; at < missing.length; at += INSERT_AT_ONCE)
        await database.transaction(queries => queue.add(name, missing.slice(at, at + INSERT_AT_ONCE), queries, jobId));
      for (let waiting = missing; waiting.length > 0; ) {
        if (signal?.aborted) throw new SyntraceError('ABORTED');
        for (const [block, pairs] of await results(waiting)) known.set(block, pairs);
        waiting = waiting.filter(({ block }) => !known.has(block));
        compared(jobs.length - waiting.length, jobs.length);
        if (waiting.length > 0) await sleep(LOOK_MS, undefined, signal ? { signal } : {}).catch(() => {});
      }
      return parts.flatMap(({ row, column }, i) => {
        const found = known.get(jobs[i]!.block)!;
        return found.values.map((pce, p) => ({ row: row.first + found.rows[p]!, column: (column ?? row).first + found.columns[p]!, pce }));
      });
    },

    /** Removes what this coordinator has made; only once its result is safe. */
    async forget() {
      await database.query('DELETE FROM syntrace.pair_block WHERE block IN (SELECT json_array_elements_text($1::json))', [JSON.stringify([...blocks])]);
      for (const id of new Set(ids.values())) await store.removeAll(spectrumKey(id));
      ids.clear();
      blocks.clear();
    },
  };
}

interface Part {
  readonly first: number;
  readonly last: number;
}

/** Blocks in which every row from `from` on meets every row before it once; without columns: the rows of a part with one another. */
export function blockParts(rows: readonly Float32Array[], from: number, blockRows: number): readonly { readonly row: Part; readonly column: Part | null }[] {
  const most = Math.max(1, Math.min(blockRows, Math.floor(SIDE_BYTES / (4 * (rows[0]?.length ?? 1)))));
  const cut = (first: number, end: number): readonly Part[] =>
    Array.from({ length: Math.ceil((end - first) / most) }, (_, i) => ({ first: first + i * most, last: Math.min(end, first + (i + 1) * most) }));
  const [earlier, later] = [cut(0, from), cut(from, rows.length)];
  return later.flatMap((row, i) => [
    ...[...earlier, ...later.slice(0, i)].map(column => ({ row, column })),
    ...(row.last - row.first > 1 ? [{ row, column: null }] : []),
  ]);
}
