import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, SyntraceError } from '@syntrace/core';
import type { Queries } from '../database/database.js';
import { type ResultRow, SELECT } from './columns.js';
import { parquetOf } from './parquet.js';

const PAGE = 2000;

export interface Exported {
  readonly files: number;
  readonly rows: number;
}

/** Writes results as Parquet in folders that DuckDB, Spark and others read as partitions: `week=2026-W48/batch=ID.parquet`. A file is there whole or not at all.
 *  @throws EXPORT_FAILED, e.g. when the disk is full; the files before stay */
export async function exportResults(queries: Queries, folder: string, batch?: string): Promise<Exported> {
  const parts = await queries.query<{ batch: string; week: string }>(
    `SELECT batch, to_char(judged AT TIME ZONE 'UTC', 'IYYY-"W"IW') AS week FROM syntrace.result ${batch ? 'WHERE batch = $1' : ''} GROUP BY 1, 2 ORDER BY 2, 1`,
    batch ? [batch] : [],
  );
  let rows = 0;
  for (const part of parts) {
    const place = join(folder, `week=${part.week}`);
    const file = join(place, `batch=${part.batch}.parquet`);
    const temporary = `${file}.${process.pid}.part`;
    const counted = counting(partRows(queries, part));
    try {
      await mkdir(place, { recursive: true });
      await pipeline(Readable.from(parquetOf(counted)), createWriteStream(temporary, { flush: true }));
      await rename(temporary, file);
      rows += counted.rows();
    } catch (error) {
      await rm(temporary, { force: true });
      if (SyntraceError.is(error)) throw error;
      throw new SyntraceError('EXPORT_FAILED', { file, detail: messageOf(error) }, error);
    }
  }
  return { files: parts.length, rows };
}

async function* partRows(queries: Queries, { batch, week }: { batch: string; week: string }): AsyncGenerator<readonly ResultRow[]> {
  for (let last = 0; ; ) {
    const page = await queries.query<ResultRow>(
      `${SELECT} WHERE batch = $1 AND seq > $2 AND to_char(judged AT TIME ZONE 'UTC', 'IYYY-"W"IW') = $3 ORDER BY seq LIMIT ${PAGE}`,
      [batch, last, week],
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1)!.seq;
  }
}

function counting(pages: AsyncIterable<readonly ResultRow[]>) {
  let rows = 0;
  return {
    rows: () => rows,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages) {
        rows += page.length;
        yield page;
      }
    },
  };
}
