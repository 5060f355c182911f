import { setTimeout as sleep } from 'node:timers/promises';
import { ENDED } from '../batch/rows.js';
import type { Service } from './context.js';

const LOOK_MS = 1000;
/** A line that keeps proxies from closing a quiet connection. */
const QUIET_LOOKS = 15;

/** A batch's progress as server-sent events: one at once, one when something changes, and an `end`. */
export async function* progressEvents({ batches }: Service, id: string, signal: AbortSignal): AsyncGenerator<string> {
  let before = '';
  for (let quiet = 0; !signal.aborted; quiet++) {
    const batch = await batches.find(id).then(row => batches.describe(row));
    const data = JSON.stringify(batch);
    if (data !== before) {
      yield `event: progress\ndata: ${data}\n\n`;
      before = data;
      quiet = 0;
    } else if (quiet % QUIET_LOOKS === QUIET_LOOKS - 1) yield ': still here\n\n';
    if (ENDED.has(batch.state as never)) {
      yield `event: end\ndata: ${data}\n\n`;
      return;
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}
