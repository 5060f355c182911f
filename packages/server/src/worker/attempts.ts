import { SyntraceError } from '@syntrace/core';
import type { Chunk } from '../batch/chunk.js';
import type { Claimed } from '../batch/queue.js';
import type { Result } from './write-results.js';

/** Attempts at a single picture whose workers all ended. A picture that kills its judging process is found by the pool and never gets here; this is for what takes
 *  the whole worker along (the memory of its machine, say). */
const ATTEMPTS = 4;

/** What to do with a chunk whose worker ended: halve it, so that the others are not held up, or give up a single picture that has ended several. */
export function afterLapse({
  attempt,
  data: { batch, items },
}: Claimed<Chunk>): { readonly split: readonly Chunk[] } | { readonly givenUp: readonly Result[] } | null {
  if (attempt === 0) return null;
  if (items.length > 1) {
    const half = Math.ceil(items.length / 2);
    return { split: [items.slice(0, half), items.slice(half)].map(part => ({ batch, items: part })) };
  }
  if (attempt < ATTEMPTS) return null;
  const results = items.map((item): Result => {
    const error = new SyntraceError('JUDGE_CRASHED', { uri: item.uri, detail: `${attempt} workers ended while they had it` });
    return { item, answer: { row: { path: item.uri, error: error.toJSON() }, camera: null }, sha256: null, reused: false };
  });
  return { givenUp: results };
}
