import { messageOf } from '@syntrace/core';
import type { Logger } from 'pino';
import type { Queries } from '../database/database.js';
import type { Store } from '../sources/store.js';

/** Deletes batches past their days, with their results and uploads. Running ones stay. */
export async function deleteExpired(queries: Queries, store: Store, log: Logger): Promise<number> {
  const rows = await queries.query<{ id: string }>(
    "DELETE FROM syntrace.batch WHERE created < now() - make_interval(days => keep_days) AND state IN ('done', 'cancelled', 'failed', 'open') RETURNING id",
  );
  for (const { id } of rows)
    await store.removeAll(`uploads/${id}/`).catch(error => log.warn({ batch: id, detail: messageOf(error) }, 'uploads could not be removed'));
  return rows.length;
}
