import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, SyntraceError } from '@syntrace/core';
import type { Logger } from 'pino';
import { cleanJson } from '../batch/chunk.js';
import type { Claimed, Queue } from '../batch/queue.js';
import type { Database } from '../database/database.js';
import type { Engine } from '../judge/messages.js';
import type { Judge } from '../judge/pool.js';
import type { Store } from '../sources/store.js';
import { type PairJob, pairQueue, spectrumKey } from './pair-jobs.js';

export interface PairParts {
  readonly database: Database;
  readonly queue: Queue;
  readonly judge: Judge;
  readonly engine: Engine;
  readonly store: Store;
  readonly log: Logger;
  readonly heartbeatSeconds: number;
}

const IDLE_MS = 1000;
/** Workers that may end on one block before it is recorded as failed. */
const ATTEMPTS = 4;

/** Compares blocks of spectra for a coordinator, until it is stopped. A result is written in the transaction that completes its job. */
export async function workOnPairs({ database, queue, judge, engine, store, log, heartbeatSeconds }: PairParts, stop: AbortSignal): Promise<void> {
  if (!judge.compare) return;
  const name = pairQueue(engine);
  const compare = async (job: Claimed<PairJob>) => {
    const beat = setInterval(() => void queue.touch(name, job).catch(error => log.warn({ detail: messageOf(error) }, 'no heartbeat')), 250 * heartbeatSeconds);
    try {
      if (job.attempt >= ATTEMPTS)
        throw new SyntraceError('JUDGE_CRASHED', { uri: 'a block of residuals', detail: `${job.attempt} workers ended while they had it` });
      const { rows, columns, height, width, threshold } = job.data;
      const [own, other] = [await spectra(rows, store), columns ? await spectra(columns, store) : null];
      const pairs = await judge.compare!({ rows: own, columns: other, length: own.length / rows.length, height, width, threshold }, stop);
      await settle(job, { pairs: JSON.stringify(pairs) });
    } catch (error) {
      if (stop.aborted || !SyntraceError.is(error) || error.code === 'DATABASE_UNAVAILABLE') throw error;
      await settle(job, { error: cleanJson(error.toJSON()) });
    } finally {
      clearInterval(beat);
    }
  };
  const settle = (job: Claimed<PairJob>, { pairs = null, error = null }: { pairs?: string | null; error?: string | null }) =>
    database.transaction(async queries => {
      if (!(await queue.complete(name, job, queries))) return;
      await queries.query('INSERT INTO syntrace.pair_block (block, pairs, error) VALUES ($1, $2, $3) ON CONFLICT (block) DO NOTHING', [
        job.data.block,
        pairs,
        error,
      ]);
    });

  while (!stop.aborted) {
    try {
      const job = await queue.fetch<PairJob>(name);
      if (job) await compare(job);
      else await sleep(IDLE_MS, undefined, { signal: stop }).catch(() => {});
    } catch (error) {
      if (!stop.aborted) log.warn({ detail: messageOf(error) }, 'no block could be compared');
      await sleep(IDLE_MS, undefined, { signal: stop }).catch(() => {});
    }
  }
}

/** Rows of the store, one after the other. */
async function spectra(ids: readonly string[], store: Store): Promise<Float32Array> {
  const parts = await Promise.all(ids.map(id => store.get(spectrumKey(id))));
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Float32Array(all.buffer);
}
