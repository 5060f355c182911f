import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { COLUMNS, type ResultRow } from './columns.js';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

const ELEMENTS = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
} as const;

const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: COLUMNS.length },
  ...COLUMNS.map(({ name, kind }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...ELEMENTS[kind] })),
];

/** Rows of a group: what is held before it is written. */
const GROUP = 10_000;

/** Parquet as a stream: groups of rows as they come, the index at the end. Memory: one group. */
export async function* parquetOf(pages: AsyncIterable<readonly ResultRow[]>): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: SCHEMA });
  let rows: ResultRow[] = [];
  const group = () => {
    writer.write({ columnData: COLUMNS.map(({ name, kind, of }) => ({ name, data: rows.map(row => cellOf(kind, of(row))) })), rowGroupSize: GROUP });
    rows = [];
    return taken(bytes);
  };
  for await (const page of pages) {
    rows.push(...page);
    if (rows.length >= GROUP) yield group();
  }
  if (rows.length > 0) yield group();
  writer.finish();
  yield taken(bytes);
}

/** What has been written so far; the offset in the file goes on. */
function taken(bytes: ByteWriter): Uint8Array {
  const copy = new Uint8Array(bytes.buffer.slice(0, bytes.index));
  bytes.index = 0;
  return copy;
}

function cellOf(kind: (typeof COLUMNS)[number]['kind'], value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return JSON.stringify(value);
  if (kind === 'integer') return BigInt(value as number);
  return kind === 'time' ? new Date(value as string) : value;
}
