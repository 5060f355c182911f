import { SyntraceError } from '@syntrace/core';
import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import type { Sources } from '../sources/sources.js';
import type { Batches } from './batches.js';
import { cleanJson } from './chunk.js';
import { type Claimed, LIST_QUEUE, type ListJob, type Queue } from './queue.js';

/** Lists folders and buckets into chunks, page by page; one that was interrupted goes on after its last page. */
export class Lister {
  constructor(
    private readonly database: Database,
    private readonly queue: Queue,
    private readonly batches: Batches,
    private readonly sources: Sources,
    private readonly log: Logger,
  ) {}

  async work(job: Claimed<ListJob>, stopping: () => boolean): Promise<void> {
    const id = job.data.batch;
    try {
      for (let more = true; more && !stopping(); ) more = await this.page(job);
    } catch (error) {
      if (SyntraceError.is(error, 'DATABASE_UNAVAILABLE')) throw error;
      const typed = SyntraceError.from(error, 'SOURCE_REFUSED', { source: 'the source' });
      this.log.warn({ batch: id, code: typed.code, detail: typed.message }, 'a source cannot be listed');
      await this.database.transaction(async queries => {
        if (!(await this.queue.complete(LIST_QUEUE, job, queries))) return;
        await queries.query("UPDATE syntrace.batch SET state = 'failed', finished = now(), error = $2 WHERE id = $1 AND state = 'listing'", [
          id,
          cleanJson(typed.toJSON()),
        ]);
      });
    }
  }

  /** One page and the place where the next begins, in one transaction. Whether there is more to do. */
  private async page(job: Claimed<ListJob>): Promise<boolean> {
    const id = job.data.batch;
    const before = await this.batches.find(id).catch(() => undefined);
    const page = before?.state === 'listing' ? await this.sources.page(before.source, before.cursor) : undefined;
    await this.queue.touch(LIST_QUEUE, job);
    return this.database.transaction(async queries => {
      const [batch] = page ? [await this.batches.find(id, queries, 'FOR UPDATE')] : [];
      if (!page || batch?.state !== 'listing') {
        await this.queue.complete(LIST_QUEUE, job, queries);
        return false;
      }
      // Another has listed this page meanwhile: its work stands.
      if (batch.cursor !== before!.cursor) return true;
      await this.batches.append(batch, page.items, queries);
      await queries.query('UPDATE syntrace.batch SET cursor = $2 WHERE id = $1', [id, page.cursor === null ? null : cleanJson(page.cursor)]);
      if (page.cursor !== null) return true;
      await this.batches.run(id, queries);
      await this.queue.complete(LIST_QUEUE, job, queries);
      return false;
    });
  }
}
