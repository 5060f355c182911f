import type { Batch } from '../http/schemas.js';

/** A row of `syntrace.batch`; int8 comes as text from one driver and as a number from the other. */
export interface BatchRow {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly state: 'open' | 'listing' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly engine: string;
  readonly answer: string;
  readonly ask: { readonly detectors?: readonly string[] };
  readonly source: BatchSource;
  readonly cursor: string | null;
  readonly reuse: boolean;
  readonly error: { code: string; message: string; hint: string } | null;
  readonly total: string | number;
  readonly done: string | number;
  readonly failed: string | number;
  readonly reused: string | number;
  readonly written: string | number;
  readonly chunk: number;
  readonly created: Date;
  readonly finished: Date | null;
  readonly keep_days: number;
}

export type BatchSource =
  | { readonly kind: 'upload' | 'manifest' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string };

export const ENDED: ReadonlySet<BatchRow['state']> = new Set(['done', 'cancelled', 'failed']);

export function batchOf(row: BatchRow, waiting: string | null): Batch {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    source: { ...row.source },
    engine: row.engine,
    detectors: row.ask.detectors ? [...row.ask.detectors] : null,
    reuse: row.reuse,
    total: Number(row.total),
    done: Number(row.done),
    failed: Number(row.failed),
    reused: Number(row.reused),
    created: row.created.toISOString(),
    finished: row.finished?.toISOString() ?? null,
    keepDays: row.keep_days,
    error: row.error,
    waiting,
  };
}
