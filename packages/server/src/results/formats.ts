import { stringify } from 'csv-stringify/sync';
import { COLUMNS, type ResultRow } from './columns.js';
import { parquetOf } from './parquet.js';

export type Format = 'ndjson' | 'csv' | 'parquet';

export const CONTENT_TYPE: Record<Format, string> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** Results as a stream of a format. */
export function formatted(format: Format, pages: AsyncIterable<readonly ResultRow[]>): AsyncGenerator<string | Uint8Array> {
  return { ndjson: ndjsonOf, csv: csvOf, parquet: parquetOf }[format](pages);
}

async function* ndjsonOf(pages: AsyncIterable<readonly ResultRow[]>): AsyncGenerator<string> {
  for await (const page of pages) yield `${page.map(row => JSON.stringify(row)).join('\n')}\n`;
}

async function* csvOf(pages: AsyncIterable<readonly ResultRow[]>): AsyncGenerator<string> {
  yield stringify([COLUMNS.map(({ name }) => name)]);
  for await (const page of pages)
    yield stringify(
      page.map(row => COLUMNS.map(({ kind, of }) => cell(kind, of(row)))),
      { cast: { boolean: String }, escape_formulas: true },
    );
}

const cell = (kind: string, value: unknown): unknown => (value === null || value === undefined ? '' : kind === 'json' ? JSON.stringify(value) : value);
