import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, SyntraceError } from '@syntrace/core';
import type { Logger } from 'pino';
import { isFailedRow } from 'syntrace/session';
import type { Chunk, Item } from '../batch/chunk.js';
import { type Claimed, chunkQueue, type Queue } from '../batch/queue.js';
import type { BatchRow } from '../batch/rows.js';
import type { Database } from '../database/database.js';
import { answerFingerprint } from '../judge/engine.js';
import type { Engine } from '../judge/messages.js';
import type { Judge } from '../judge/pool.js';
import type { Metrics } from '../metrics.js';
import { traced } from '../telemetry.js';
import { afterLapse } from './attempts.js';
import { judgeChunk } from './judge-chunk.js';
import { type Result, writeResults } from './write-results.js';

export interface WorkerParts {
  readonly id: string;
  readonly database: Database;
  readonly queue: Queue;
  readonly judge: Judge;
  readonly engine: Engine;
  readonly read: (item: Item, signal: AbortSignal) => Promise<Uint8Array>;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Chunks at one time. */
  readonly chunks: number;
  readonly heartbeatSeconds: number;
}

/** Errors after which the chunk is tried again: its pictures had no part in them. */
const OUTSIDE: ReadonlySet<string> = new Set(['ABORTED', 'DATABASE_UNAVAILABLE']);
const IDLE_MS = 500;
const AWAY_MS = 2000;
/** How long results are held while the database is away; then the claim has lapsed anyway. */
const HOLD_MS = 120_000;

/** Takes chunks of its engine, judges them and writes their results, until it is told to stop. */
export class ChunkWorker {
  private readonly stop = new AbortController();
  private readonly hurry = new AbortController();
  private readonly name: string;
  private slots: Promise<void>[] = [];

  constructor(private readonly parts: WorkerParts) {
    this.name = chunkQueue(parts.engine.fingerprint);
  }

  start(): void {
    this.slots = Array.from({ length: this.parts.chunks }, () => this.slot());
  }

  /** Takes nothing new and waits for what is begun; after so many seconds that is given back to the queue. */
  async drain(seconds: number): Promise<void> {
    this.stop.abort();
    const timer = setTimeout(() => this.hurry.abort(), 1000 * seconds);
    await Promise.all(this.slots);
    clearTimeout(timer);
  }

  private async slot(): Promise<void> {
    const { queue, log } = this.parts;
    while (!this.stop.signal.aborted) {
      try {
        const job = await queue.fetch<Chunk>(this.name);
        if (job) await this.work(job);
        else await sleep(IDLE_MS, undefined, { signal: this.stop.signal }).catch(() => {});
      } catch (error) {
        log.warn({ detail: messageOf(error) }, 'no chunk could be taken or kept');
        await sleep(AWAY_MS, undefined, { signal: this.stop.signal }).catch(() => {});
      }
    }
  }

  private async work(job: Claimed<Chunk>): Promise<void> {
    const { database, metrics, log } = this.parts;
    const { batch: id, items } = job.data;
    const [batch] = await database.query<BatchRow>('SELECT * FROM syntrace.batch WHERE id = $1', [id]);
    if (!batch || batch.state === 'cancelled') return this.settle(job, 'dropped', []);
    const lapse = afterLapse(job);
    if (lapse && 'split' in lapse) return this.replace(job, lapse.split, 'split');
    if (lapse) {
      log.error({ batch: id, picture: items[0]?.uri }, 'a picture ended several workers and is given up');
      return this.settle(job, 'given up', lapse.givenUp, batch);
    }
    const end = metrics.chunkSeconds.startTimer();
    const beat = this.startHeartbeat(job);
    try {
      const results = await traced('chunk', { 'syntrace.batch': id, 'syntrace.pictures': items.length }, () => this.judge(job.data, batch, beat.signal));
      await this.settle(job, 'done', results, batch);
      for (const { answer, reused } of results)
        metrics.pictures.inc({ outcome: isFailedRow(answer.row) ? answer.row.error.code : reused ? 'reused' : answer.row.verdict });
    } catch (error) {
      if (beat.signal.aborted && beat.cancelled()) return await this.settle(job, 'dropped', []);
      // Given back whole, as if it had not been taken.
      if (this.hurry.signal.aborted) return await this.replace(job, [job.data], 'returned');
      if (!SyntraceError.is(error) || OUTSIDE.has(error.code)) throw error;
      // What concerns all pictures, as a detector that cannot be opened: each has it as its result, and `retry` tries again.
      const { code, message, hint } = error;
      const results = items.map(
        (item): Result => ({ item, answer: { row: { path: item.uri, error: { code, message, hint } }, camera: null }, sha256: null, reused: false }),
      );
      await this.settle(job, 'failed', results, batch);
    } finally {
      beat.end();
      end();
    }
  }

  private judge({ items }: Chunk, batch: BatchRow, signal: AbortSignal): Promise<readonly Result[]> {
    const { judge, database, read, engine } = this.parts;
    const answerId = answerFingerprint(engine, batch.ask.detectors);
    // The queue is that of the engine; a batch that says otherwise was changed by hand.
    if (answerId !== batch.answer) throw new SyntraceError('BATCH_STATE', { id: batch.id, state: batch.state, detail: `it is of engine ${batch.engine}` });
    return judgeChunk({ items, ask: batch.ask, answerId, reuse: batch.reuse, signal }, { judge, database, read });
  }

  /** Says that the job is alive, and fires when its batch is cancelled or the worker must go. */
  private startHeartbeat(job: Claimed<Chunk>) {
    const { queue, database, heartbeatSeconds, log } = this.parts;
    const cancel = new AbortController();
    const timer = setInterval(
      async () => {
        try {
          await queue.touch(this.name, job);
          const [batch] = await database.query<{ state: string }>('SELECT state FROM syntrace.batch WHERE id = $1', [job.data.batch]);
          if (!batch || batch.state === 'cancelled') cancel.abort();
        } catch (error) {
          log.warn({ detail: messageOf(error) }, 'no heartbeat');
        }
      },
      (1000 * heartbeatSeconds) / 4,
    );
    return { signal: AbortSignal.any([cancel.signal, this.hurry.signal]), cancelled: () => cancel.signal.aborted, end: () => clearInterval(timer) };
  }

  /** Completes the job and writes its results, all or nothing; tried again while the database is away. A claim that has lapsed writes nothing. */
  private async settle(job: Claimed<Chunk>, outcome: string, results: readonly Result[], batch?: BatchRow): Promise<void> {
    const { database, queue, id, metrics } = this.parts;
    const kept = await untilBack(() =>
      database.transaction(async queries => {
        if (!(await queue.complete(this.name, job, queries))) return false;
        if (batch && results.length > 0) await writeResults(batch.id, batch.answer, id, results, queries);
        return true;
      }),
    );
    metrics.chunks.inc({ outcome: kept ? outcome : 'lapsed' });
  }

  /** Puts other jobs in the place of one, all or nothing. */
  private async replace(job: Claimed<Chunk>, chunks: readonly Chunk[], outcome: string): Promise<void> {
    const { database, queue, metrics } = this.parts;
    await untilBack(() =>
      database.transaction(async queries => {
        if (await queue.complete(this.name, job, queries)) await queue.add(this.name, chunks, queries);
      }),
    );
    metrics.chunks.inc({ outcome });
  }
}

async function untilBack<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + HOLD_MS;
  for (let pause = 100; ; pause = Math.min(2 * pause, AWAY_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!SyntraceError.is(error, 'DATABASE_UNAVAILABLE') || Date.now() > until) throw error;
      await sleep(pause);
    }
  }
}
