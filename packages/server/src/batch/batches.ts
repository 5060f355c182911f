import { randomUUID } from 'node:crypto';
import { SyntraceError } from '@syntrace/core';
import type { Database, Queries } from '../database/database.js';
import type { NewBatch } from '../http/schemas.js';
import { answerFingerprint } from '../judge/engine.js';
import type { Engine } from '../judge/messages.js';
import type { Metrics } from '../metrics.js';
import { chunksOf, cleanJson, cleanText, type Item } from './chunk.js';
import { chunkQueue, LIST_QUEUE, type ListJob, type Queue } from './queue.js';
import { type BatchRow, batchOf, ENDED } from './rows.js';

/** Pictures that one call may add; larger lists come in several calls or from a source. */
export const MOST_ITEMS = 200_000;
const SEEN = "seen > now() - interval '60 seconds'";

/** Batches of pictures: made, filled, steered and looked at. Every change is one transaction with the jobs that it makes. */
export class Batches {
  constructor(
    private readonly database: Database,
    private readonly queue: Queue,
    private readonly engine: Engine,
  ) {}

  async create(wanted: NewBatch, owner: string | null): Promise<BatchRow> {
    const id = randomUUID();
    const { name = '', source, detectors, reuse = true, chunk = 64, keepDays = 30 } = wanted;
    const listed = source.kind === 'folder' || source.kind === 's3';
    return this.database.transaction(async queries => {
      const [row] = await queries.query<BatchRow>(
        `INSERT INTO syntrace.batch (id, name, owner, state, engine, answer, ask, source, reuse, keep_days, chunk)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *`,
        [
          id,
          cleanText(name),
          owner,
          listed ? 'listing' : 'open',
          this.engine.fingerprint,
          answerFingerprint(this.engine, detectors),
          cleanJson({ ...(detectors && { detectors }) }),
          cleanJson(source.kind === 's3' ? { prefix: '', ...source } : source),
          reuse,
          keepDays,
          chunk,
        ],
      );
      if (listed) await this.queue.add<ListJob>(LIST_QUEUE, [{ batch: id }], queries);
      return row!;
    });
  }

  /** @throws BATCH_UNKNOWN */
  async find(id: string, queries: Queries = this.database, lock = ''): Promise<BatchRow> {
    const [row] = await queries.query<BatchRow>(`SELECT * FROM syntrace.batch WHERE id = $1 ${lock}`, [id]);
    if (!row) throw new SyntraceError('BATCH_UNKNOWN', { id });
    return row;
  }

  async list(limit: number): Promise<readonly BatchRow[]> {
    return this.database.query<BatchRow>('SELECT * FROM syntrace.batch ORDER BY created DESC LIMIT $1', [limit]);
  }

  /** Adds a list to an open batch, all of it or nothing. @throws BATCH_UNKNOWN, BATCH_STATE */
  async addList(id: string, items: readonly Omit<Item, 'n'>[]): Promise<BatchRow> {
    return this.database.transaction(async queries => {
      const batch = await this.opened(id, queries);
      return this.append(batch, items, queries);
    });
  }

  /** Adds one uploaded picture; uploads become chunks when there are enough of them. @throws BATCH_UNKNOWN, BATCH_STATE */
  async addUpload(id: string, { uri, at, label }: { readonly uri: string; readonly at: string; readonly label?: string }): Promise<number> {
    return this.database.transaction(async queries => {
      const batch = await this.opened(id, queries);
      const n = Number(batch.total);
      await queries.query('INSERT INTO syntrace.pending (batch, item, uri, at, label) VALUES ($1, $2, $3, $4, $5)', [id, n, cleanText(uri), at, label ?? null]);
      await queries.query('UPDATE syntrace.batch SET total = total + 1 WHERE id = $1', [id]);
      if ((n + 1) % batch.chunk === 0) await this.flush(batch, queries);
      return n;
    });
  }

  /** Nothing more comes; the batch is done when what it has is. @throws BATCH_UNKNOWN, BATCH_STATE */
  async seal(id: string): Promise<BatchRow> {
    return this.database.transaction(async queries => {
      const batch = await this.opened(id, queries);
      await this.flush(batch, queries);
      return this.run(id, queries);
    });
  }

  /** Chunks that are being judged stop at the next heartbeat; what is judged stays. @throws BATCH_UNKNOWN */
  async cancel(id: string): Promise<BatchRow> {
    return this.database.transaction(async queries => {
      const batch = await this.find(id, queries, 'FOR UPDATE');
      if (ENDED.has(batch.state)) return batch;
      const [row] = await queries.query<BatchRow>("UPDATE syntrace.batch SET state = 'cancelled', finished = now() WHERE id = $1 RETURNING *", [id]);
      return row!;
    });
  }

  /** Deletes a batch with its results; chunks that still wait are dropped when they are taken. @throws BATCH_UNKNOWN */
  async remove(id: string): Promise<void> {
    const rows = await this.database.query('DELETE FROM syntrace.batch WHERE id = $1 RETURNING id', [id]);
    if (rows.length === 0) throw new SyntraceError('BATCH_UNKNOWN', { id });
  }

  /** Judges anew what failed. @throws BATCH_UNKNOWN, BATCH_STATE */
  async retryFailed(id: string): Promise<BatchRow> {
    return this.database.transaction(async queries => {
      const batch = await this.find(id, queries, 'FOR UPDATE');
      if (batch.state !== 'done') throw new SyntraceError('BATCH_STATE', { id, state: batch.state, detail: 'failed pictures are tried again once it is done' });
      if (batch.engine !== this.engine.fingerprint)
        throw new SyntraceError('BATCH_STATE', {
          id,
          state: 'of another engine',
          detail: 'detectors or weights have changed since; make a new batch, so that scores do not mix',
        });
      const failed = await queries.query<{ item: string; uri: string; at: string | null; label: string | null }>(
        'DELETE FROM syntrace.result WHERE batch = $1 AND error_code IS NOT NULL RETURNING item, uri, at, label',
        [id],
      );
      await queries.query('UPDATE syntrace.batch SET done = done - $2, failed = 0 WHERE id = $1', [id, failed.length]);
      const items = failed.map(({ item, uri, at, label }): Item => ({ n: Number(item), uri, ...(at !== null && { at }), ...(label !== null && { label }) }));
      await this.queue.add(chunkQueue(batch.engine), [...chunksOf(id, items, batch.chunk)], queries);
      return this.run(id, queries);
    });
  }

  /** Appends what a source lists, as a part of the caller's transaction. */
  async append(batch: BatchRow, items: readonly Omit<Item, 'n'>[], queries: Queries): Promise<BatchRow> {
    const first = Number(batch.total);
    const numbered = items.map(
      ({ uri, at, label }, i): Item => ({ n: first + i, uri: cleanText(uri), ...(at && { at }), ...(label && { label: cleanText(label) }) }),
    );
    await this.queue.add(chunkQueue(batch.engine), [...chunksOf(batch.id, numbered, batch.chunk)], queries);
    const [row] = await queries.query<BatchRow>('UPDATE syntrace.batch SET total = total + $2 WHERE id = $1 RETURNING *', [batch.id, items.length]);
    return row!;
  }

  /** From filling to running; done at once where everything is judged already. */
  async run(id: string, queries: Queries): Promise<BatchRow> {
    const [row] = await queries.query<BatchRow>(
      `UPDATE syntrace.batch SET state = CASE WHEN done >= total THEN 'done' ELSE 'running' END,
         finished = CASE WHEN done >= total THEN now() END WHERE id = $1 RETURNING *`,
      [id],
    );
    return row!;
  }

  /** A batch for whoever looks at it. */
  async describe(row: BatchRow) {
    const idle =
      row.state === 'running' && (await this.database.query(`SELECT 1 FROM syntrace.worker WHERE engine = $1 AND ${SEEN} LIMIT 1`, [row.engine])).length === 0;
    return batchOf(row, idle ? `no worker of engine ${row.engine} has been seen in the last minute` : null);
  }

  async workers() {
    const rows = await this.database.query<{
      id: string;
      host: string;
      engine: string;
      version: string;
      backend: string;
      concurrency: number;
      state: string;
      started: Date;
      seen: Date;
    }>("SELECT * FROM syntrace.worker WHERE seen > now() - interval '1 hour' ORDER BY started");
    return rows.map(row => ({ ...row, started: row.started.toISOString(), seen: row.seen.toISOString(), sameEngine: row.engine === this.engine.fingerprint }));
  }

  /** Depth of the queues and living workers, for the metrics. */
  async measure({ queued, workers }: Metrics): Promise<void> {
    const depths = await this.database.query<{ name: string; count: string }>(
      "SELECT name, count(*) AS count FROM syntrace_queue.job WHERE name LIKE 'judge-%' AND state < 'active' GROUP BY name",
    );
    queued.reset();
    queued.set({ engine: this.engine.fingerprint }, 0);
    for (const { name, count } of depths) queued.set({ engine: name.slice('judge-'.length) }, Number(count));
    workers.reset();
    for (const { engine, count } of await this.database.query<{ engine: string; count: string }>(
      `SELECT engine, count(*) AS count FROM syntrace.worker WHERE ${SEEN} AND state <> 'stopped' GROUP BY engine`,
    ))
      workers.set({ engine }, Number(count));
  }

  private async opened(id: string, queries: Queries): Promise<BatchRow> {
    const batch = await this.find(id, queries, 'FOR UPDATE');
    if (batch.state !== 'open') throw new SyntraceError('BATCH_STATE', { id, state: batch.state, detail: 'nothing can be added to it' });
    return batch;
  }

  private async flush(batch: BatchRow, queries: Queries): Promise<void> {
    const rows = await queries.query<{ item: string; uri: string; at: string; label: string | null }>(
      'DELETE FROM syntrace.pending WHERE batch = $1 RETURNING item, uri, at, label',
      [batch.id],
    );
    const items = rows.map(({ item, uri, at, label }): Item => ({ n: Number(item), uri, at, ...(label !== null && { label }) })).sort((a, b) => a.n - b.n);
    await this.queue.add(chunkQueue(batch.engine), [...chunksOf(batch.id, items, batch.chunk)], queries);
  }
}
