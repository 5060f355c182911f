import { SyntraceError } from '@syntrace/core';
import type { Journal } from './journal.js';

/** What a command makes of one source; only the entry goes into the journal. */
export interface Made<Entry> {
  readonly entry: Entry;
}

/** Results in the order of the sources: those that the journal holds, and fresh ones, which it takes up. A source whose key is `null` is always made anew.
 *  `make` gets the sources that are left, and their places in the list. */
export async function* resumed<Source, Entry, Fresh extends Made<Entry>>(
  sources: readonly Source[],
  keyOf: (source: Source) => string | null,
  journal: Journal<Entry> | null,
  make: (pending: readonly Source[], places: readonly number[]) => AsyncIterator<Fresh>,
): AsyncGenerator<Fresh | Made<Entry>> {
  const keys = sources.map(source => (journal ? keyOf(source) : null));
  const known = keys.map(key => (key === null ? undefined : journal!.get(key)));
  const places = [...known.keys()].filter(i => known[i] === undefined);
  const fresh = make(
    places.map(i => sources[i]!),
    places,
  );
  for (const [i, entry] of known.entries()) {
    if (entry !== undefined) {
      yield { entry };
      continue;
    }
    const next = await fresh.next();
    if (next.done) throw new SyntraceError('ABORTED');
    if (keys[i] !== null) journal?.add(next.value.entry);
    yield next.value;
  }
}
