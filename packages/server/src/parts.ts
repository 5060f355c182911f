import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Item } from './batch/chunk.js';
import { chunkQueue, LIST_QUEUE, Queue } from './batch/queue.js';
import type { Database } from './database/database.js';
import { openDatabase } from './database/open.js';
import type { Engine } from './judge/messages.js';
import { type Judge, JudgePool } from './judge/pool.js';
import { createMetrics, type Metrics } from './metrics.js';
import { pairQueue } from './noisescope/pair-jobs.js';
import type { WorkerOptions } from './options.js';
import { Sources } from './sources/sources.js';
import { openStore, type Store } from './sources/store.js';
import { ChunkWorker } from './worker/worker.js';

type Read = (item: Item, signal: AbortSignal) => Promise<Uint8Array>;

/** Something else in the place of the judging processes or of the sources: of an embedding app, or of a benchmark. */
export interface StandIn {
  readonly judge?: Judge;
  readonly read?: Read;
}

/** What a service and a worker have in common. */
export interface Parts {
  readonly id: string;
  readonly database: Database;
  readonly judge: Judge;
  readonly engine: Engine;
  readonly queue: Queue;
  readonly store: Store;
  readonly sources: Sources;
  readonly read: Read;
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/** Opens the database, the judging processes and the queue; whatever fails closes what was opened. */
export async function openParts(options: WorkerOptions, log: Logger, standIn: StandIn = {}): Promise<Parts> {
  const id = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  const metrics = createMetrics();
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const each of closers.reverse()) await each().catch(error => log.warn({ err: error }, 'closing'));
  };
  try {
    const database = await openDatabase(options);
    closers.push(() => database.close());
    const judge =
      standIn.judge ??
      new JudgePool({
        size: options.processes,
        session: { ...options.session, allowHttp: false, maxBytes: options.maxBytes },
        caps: { ms: 1000 * options.judgeSeconds, bytes: options.judgeMemory * 2 ** 20 },
        onDeath: death => {
          metrics.deaths.inc({ kind: death.kind });
          log.error({ ...death }, 'a judging process died of a picture');
        },
      });
    closers.push(() => judge.close());
    const engine = await judge.engine();
    const queue = await Queue.start(
      database,
      [chunkQueue(engine.fingerprint), LIST_QUEUE, pairQueue(engine)],
      { name: id, supervise: true },
      options.heartbeatSeconds,
      log,
    );
    closers.push(() => queue.stop());
    const store = openStore(options.store ?? join(options.data, 'store'), {
      region: options.s3Region,
      ...(options.s3Endpoint && { endpoint: options.s3Endpoint }),
    });
    const sources = new Sources(options, store, options.maxBytes);
    const read: Read = standIn.read ?? ((item, signal) => sources.read(item, signal));
    return { id, database, judge, engine, queue, store, sources, read, metrics, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A worker over these parts. */
export function chunkWorker(parts: Parts, { heartbeatSeconds }: WorkerOptions, chunks: number, log: Logger): ChunkWorker {
  return new ChunkWorker({ ...parts, chunks, heartbeatSeconds, log });
}
