import { SyntraceError } from '@syntrace/core';
import { MOST_ITEMS } from '../batch/batches.js';
import { cleanText, type Item } from '../batch/chunk.js';

interface Limits {
  readonly maxBody: number;
  /** @throws for an entry that may not be read */
  readonly check: (uri: string) => void;
}

const LONGEST = 16_384;

/** The entries of an NDJSON list as it arrives. @throws REQUEST_INVALID with the line, REQUEST_TOO_LARGE, SOURCE_REFUSED */
export async function manifestItems(body: unknown, { maxBody, check }: Limits): Promise<readonly Omit<Item, 'n'>[]> {
  const items: Omit<Item, 'n'>[] = [];
  const decoder = new TextDecoder('utf-8', { fatal: false });
  let rest = '';
  let size = 0;
  const take = (line: string) => {
    if (line.trim() === '') return;
    if (items.length === MOST_ITEMS) throw new SyntraceError('REQUEST_TOO_LARGE', { detail: `more than ${MOST_ITEMS} lines; send several lists` });
    items.push(entryOf(line, items.length + 1, check));
  };
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBody) throw new SyntraceError('REQUEST_TOO_LARGE', { detail: `more than ${maxBody} bytes` });
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    if (rest.length > LONGEST) throw new SyntraceError('REQUEST_INVALID', { detail: `line ${items.length + 1} is longer than ${LONGEST} characters` });
    for (const line of lines) take(line);
  }
  take(rest + decoder.decode());
  return items;
}

function entryOf(line: string, number: number, check: Limits['check']): Omit<Item, 'n'> {
  const wrong = (detail: string) => new SyntraceError('REQUEST_INVALID', { detail: `line ${number}: ${detail}` });
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    throw wrong('it is no JSON');
  }
  const { uri, label } = (typeof entry === 'string' ? { uri: entry } : (entry ?? {})) as { uri?: unknown; label?: unknown };
  if (typeof uri !== 'string' || uri === '' || uri.length > 4000) throw wrong('expected { "uri": "…" } with a path or an address');
  if (label !== undefined && (typeof label !== 'string' || label.length > 100)) throw wrong('a label is a text of at most 100 characters');
  check(uri);
  return { uri: cleanText(uri), ...(label !== undefined && { label: cleanText(label) }) };
}
