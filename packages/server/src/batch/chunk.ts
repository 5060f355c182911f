/** A picture of a batch: its number, what the user calls it, and where it lies (absent: at its uri). */
export interface Item {
  readonly n: number;
  readonly uri: string;
  readonly at?: string;
  /** What the user says it is, e.g. `real`; kept beside the result. */
  readonly label?: string;
}

/** What a job of the queue carries. */
export interface Chunk {
  readonly batch: string;
  readonly items: readonly Item[];
}

/** Text that PostgreSQL takes: no NUL, no half of a character. */
export const cleanText = (text: string): string => (text as string & { toWellFormed(): string }).toWellFormed().replaceAll('\0', '\ufffd');

/** JSON whose texts PostgreSQL takes. */
export const cleanJson = (value: unknown): string => JSON.stringify(value, (_key, each) => (typeof each === 'string' ? cleanText(each) : each));

export function* chunksOf(batch: string, items: readonly Item[], size: number): Generator<Chunk> {
  for (let at = 0; at < items.length; at += size) yield { batch, items: items.slice(at, at + size) };
}
