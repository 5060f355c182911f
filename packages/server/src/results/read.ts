import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchRow } from '../batch/rows.js';
import { ENDED } from '../batch/rows.js';
import type { Queries } from '../database/database.js';
import { type ResultRow, SELECT } from './columns.js';

const PAGE = 1000;
const LOOK_MS = 1000;

export interface ReadOptions {
  /** The `seq` after which to go on; 0 for all. */
  readonly after: number;
  /** Wait for more until the batch has ended. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** Results of a batch in the order in which they were written, a page at a time; whatever is slow behind it slows the reading. */
export async function* readResults(queries: Queries, batch: string, { after, follow, signal }: ReadOptions): AsyncGenerator<readonly ResultRow[]> {
  let last = after;
  while (!signal.aborted) {
    // Asked before the page is read, so that what ends the batch is in the page.
    const [state] = follow ? await queries.query<Pick<BatchRow, 'state'>>('SELECT state FROM syntrace.batch WHERE id = $1', [batch]) : [];
    const page = await queries.query<ResultRow>(`${SELECT} WHERE batch = $1 AND seq > $2 ORDER BY seq LIMIT ${PAGE}`, [batch, last]);
    if (page.length > 0) {
      last = page.at(-1)!.seq;
      yield page;
    }
    if (page.length === PAGE) continue;
    if (!follow || !state || ENDED.has(state.state)) return;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}
