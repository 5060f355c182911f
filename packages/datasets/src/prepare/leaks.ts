import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** The same bytes in two splits. */
export interface Leak {
  readonly file: string;
  readonly split: string;
  readonly same: string;
  readonly in: string;
}

/** Pictures of a table of prepared pictures whose bytes also stand in an earlier split. O(pictures) hashes. */
export async function leaksOf(table: string): Promise<readonly Leak[]> {
  const known = new Map<string, { readonly file: string; readonly split: string }>();
  const leaks: Leak[] = [];
  for await (const row of createReadStream(table).pipe(parse({ columns: true }))) {
    const { file, split, sha256 } = row as Record<'file' | 'split' | 'sha256', string>;
    const first = known.get(sha256);
    if (!first) known.set(sha256, { file, split });
    else if (first.split !== split) leaks.push({ file, split, same: first.file, in: first.split });
  }
  return leaks;
}
