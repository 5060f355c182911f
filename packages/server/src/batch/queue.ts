import { messageOf } from '@syntrace/core';
import type { JobInsert, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { asBossDb, type Database, type Queries, type QueueRole } from '../database/database.js';
import type { Chunk } from './chunk.js';

/** A job as it was fetched; `attempt` counts from 0. */
export interface Claimed<T> {
  readonly id: string;
  readonly attempt: number;
  readonly data: T;
}

const YEAR = 365 * 86_400;
const HOUR = 3600;
/** Longer than any chunk takes; a worker that died is noticed by its heartbeat. */
const EXPIRE = 86_399;

/** The durable queue: chunks by engine, and lists to make. */
export class Queue {
  private readonly made = new Set<string>();
  private constructor(
    private readonly boss: PgBoss,
    private readonly heartbeatSeconds: number,
  ) {}

  /** @param names queues that are used: they are made before any transaction needs them */
  static async start(database: Database, names: readonly string[], role: QueueRole, heartbeatSeconds: number, log: Logger): Promise<Queue> {
    const boss = database.queue(role);
    boss.on('error', error => log.warn({ detail: messageOf(error) }, 'queue'));
    await boss.start();
    const queue = new Queue(boss, heartbeatSeconds);
    for (const name of names) await queue.make(name);
    return queue;
  }

  /** Adds jobs as a part of a transaction. One whose id is there already is not added again. */
  async add<T extends object>(name: string, jobs: readonly T[], queries: Queries, idOf?: (job: T) => string): Promise<void> {
    await this.make(name);
    if (jobs.length > 0)
      await this.boss.insert(
        name,
        jobs.map((data): JobInsert => ({ data, ...(idOf && { id: idOf(data) }) })),
        { db: asBossDb(queries) },
      );
  }

  async fetch<T>(name: string): Promise<Claimed<T> | undefined> {
    await this.make(name);
    const [job] = await this.boss.fetch<T>(name, { batchSize: 1, includeMetadata: true });
    return job && { id: job.id, attempt: (job as unknown as { retryCount: number }).retryCount, data: job.data };
  }

  /** Marks a job as done, as a part of a transaction. False: the claim has lapsed, and another has the job. */
  async complete(name: string, { id, attempt }: Claimed<unknown>, queries: Queries): Promise<boolean> {
    const { affected } = (await this.boss.complete(name, { id, retryCount: attempt }, null, { db: asBossDb(queries) })) as { affected: number };
    return affected > 0;
  }

  async touch(name: string, { id, attempt }: Claimed<unknown>): Promise<void> {
    await this.boss.touch(name, { id, retryCount: attempt });
  }

  /** The queue's own care, now instead of at its interval. */
  async supervise(): Promise<void> {
    await this.boss.supervise();
  }

  async stop(): Promise<void> {
    await this.boss.stop({ graceful: false, close: true });
  }

  private async make(name: string): Promise<void> {
    if (this.made.has(name)) return;
    await this.boss.createQueue(name, {
      // A job is never given up by the queue: a picture that kills is found by splitting (worker/attempts.ts).
      retryLimit: 1_000_000,
      retryDelay: 0,
      expireInSeconds: EXPIRE,
      heartbeatSeconds: this.heartbeatSeconds,
      retentionSeconds: YEAR,
      deleteAfterSeconds: HOUR,
    });
    this.made.add(name);
  }
}

/** Chunks wait by the engine that their batch belongs to, so that no other can take them. */
export const chunkQueue = (engine: string): string => `judge-${engine}`;
export const LIST_QUEUE = 'list';
export type ListJob = { readonly batch: string };
export type { Chunk };
