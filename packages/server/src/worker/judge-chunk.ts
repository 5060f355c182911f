import { createHash } from 'node:crypto';
import { SyntraceError } from '@syntrace/core';
import type { Item } from '../batch/chunk.js';
import type { Queries } from '../database/database.js';
import type { Answer, Ask } from '../judge/messages.js';
import type { Judge } from '../judge/pool.js';
import { knownAnswers } from './reuse.js';
import type { Result } from './write-results.js';

/** Encoded bytes and pictures that are held at one time; the next lot is read while one is judged. */
const LOT_BYTES = 64 * 2 ** 20;
const LOT_PICTURES = 16;

export interface ChunkWork {
  readonly items: readonly Item[];
  readonly ask: Ask;
  readonly answerId: string;
  readonly reuse: boolean;
  readonly signal: AbortSignal;
}

export interface ChunkParts {
  readonly judge: Judge;
  readonly database: Queries;
  readonly read: (item: Item, signal: AbortSignal) => Promise<Uint8Array>;
}

/** Reads, looks up and judges the pictures of a chunk. A result for each, also where it failed. @throws ABORTED, DATABASE_UNAVAILABLE, DETECTOR_UNKNOWN */
export async function judgeChunk(work: ChunkWork, parts: ChunkParts): Promise<readonly Result[]> {
  const results: Result[] = [];
  const lots = readLots(work, parts);
  let next = lots.next();
  next.catch(() => {});
  for (;;) {
    const lot = await next;
    if (lot.done) return results;
    next = lots.next();
    next.catch(() => {});
    results.push(...(await judgeLot(lot.value, work, parts)));
  }
}

interface Read {
  readonly item: Item;
  readonly bytes?: Uint8Array;
  readonly sha256?: string;
  readonly error?: SyntraceError;
}

async function* readLots({ items, signal }: ChunkWork, { read }: ChunkParts): AsyncGenerator<readonly Read[]> {
  let lot: Read[] = [];
  let held = 0;
  for (const item of items) {
    if (signal.aborted) throw new SyntraceError('ABORTED');
    try {
      const bytes = await read(item, signal);
      held += bytes.length;
      lot.push({ item, bytes, sha256: createHash('sha256').update(bytes).digest('hex') });
    } catch (error) {
      if (signal.aborted) throw new SyntraceError('ABORTED');
      lot.push({ item, error: SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri: item.uri }) });
    }
    if (lot.length === LOT_PICTURES || held >= LOT_BYTES) {
      yield lot;
      lot = [];
      held = 0;
    }
  }
  if (lot.length > 0) yield lot;
}

async function judgeLot(lot: readonly Read[], { ask, answerId, reuse, signal }: ChunkWork, { judge, database }: ChunkParts): Promise<readonly Result[]> {
  const hashes = reuse ? lot.flatMap(({ sha256 }) => (sha256 ? [sha256] : [])) : [];
  const known = await knownAnswers([...new Set(hashes)], answerId, database);
  const fresh = lot.filter(({ bytes, sha256 }) => bytes && !known.has(sha256!));
  const answers =
    fresh.length === 0
      ? []
      : await judge.judge(
          fresh.map(({ item, bytes }) => ({ uri: item.uri, bytes: bytes! })),
          ask,
          { signal },
        );
  const judged = new Map(fresh.map((entry, i) => [entry, answers[i]!]));
  return lot.map((entry): Result => {
    const { item, sha256 = null, error } = entry;
    const answer: Answer | undefined = error ? { row: { path: item.uri, error: error.toJSON() }, camera: null } : judged.get(entry);
    return answer ? { item, answer, sha256, reused: false } : { item, answer: known.get(sha256!)!(item.uri), sha256, reused: true };
  });
}
