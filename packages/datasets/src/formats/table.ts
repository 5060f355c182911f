import { createReadStream } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { messageOf, SyntraceError } from '@syntrace/core';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | null;
export type TableRow = Readonly<Record<string, Cell>>;

/** Which table a file is by its name. */
export const tableKind = (path: string): 'csv' | 'parquet' | null => (/\.csv$/i.test(path) ? 'csv' : /\.parquet$/i.test(path) ? 'parquet' : null);

/** Rows of a CSV file with a header, or of a Parquet file. O(rows) memory. @throws DATA_INVALID */
export async function readTable(path: string): Promise<readonly TableRow[]> {
  try {
    return await (tableKind(path) === 'parquet' ? readParquet(path) : readCsv(path));
  } catch (error) {
    throw new SyntraceError('DATA_INVALID', { file: path, detail: messageOf(error) }, error);
  }
}

async function readCsv(path: string): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of createReadStream(path).pipe(parse({ columns: true, bom: true, skip_empty_lines: true, trim: true }))) rows.push(row as TableRow);
  return rows;
}

async function readParquet(path: string): Promise<readonly TableRow[]> {
  const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet');
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  return rows.map(row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])));
}

const cellOf = (value: unknown): Cell =>
  value === null || value === undefined ? null : typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : String(value);

/** Writes rows as CSV or Parquet, by the name of the file; whole or not at all. In Parquet columns of whole numbers are INT64, of numbers DOUBLE, others text; `null` stays. */
export async function writeTable(path: string, columns: readonly string[], rows: readonly TableRow[]): Promise<void> {
  const part = `${path}.part`;
  if (tableKind(path) === 'parquet') {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const columnData = columns.map(name => {
      const values = rows.map(row => row[name] ?? null);
      if (values.every(value => typeof value === 'number' && Number.isSafeInteger(value)))
        return { name, data: values.map(value => BigInt(value as number)), type: 'INT64' as const };
      if (values.some(value => typeof value === 'number') && values.every(value => value === null || typeof value === 'number'))
        return { name, data: values as (number | null)[], type: 'DOUBLE' as const };
      return { name, data: values.map(value => (value === null ? null : String(value))), type: 'STRING' as const };
    });
    await writeFile(part, new Uint8Array(parquetWriteBuffer({ columnData })));
  } else await writeFile(part, stringify([...rows], { header: true, columns: [...columns] }));
  await rename(part, path);
}
