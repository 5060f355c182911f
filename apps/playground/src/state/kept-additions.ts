import { get, set } from 'idb-keyval';
import type { Addition } from '../engine/protocol.js';
import { additions } from './engines.js';
import { addDetectors } from './queue.js';

const KEY = 'additions';

/** Weights and fingerprints are kept on this device; code by others is not: it is loaded each time, after the warning. */
const mayStay = ({ kind }: Addition): boolean => kind !== 'plugin';

/** Adds what was kept the last time. What is refused now, e.g. by a newer version, is let go. */
export async function restoreAdditions(): Promise<void> {
  const kept = await get<readonly Addition[]>(KEY).catch(() => undefined);
  for (const addition of kept ?? []) await addDetectors(addition).catch(() => {});
  let last = additions.peek();
  additions.subscribe(all => {
    if (all === last) return;
    last = all;
    // Where storage is refused, nothing is kept.
    set(KEY, all.filter(mayStay)).catch(() => {});
  });
}
