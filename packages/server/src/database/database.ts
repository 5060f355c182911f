import { messageOf, SyntraceError } from '@syntrace/core';
import type { PgBoss } from 'pg-boss';

/** A row as the database gives it. */
export type Rows<T> = readonly T[];

export interface Queries {
  /** @throws DATABASE_UNAVAILABLE when it cannot be reached; errors of the statement itself as they are */
  query<T = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Rows<T>>;
}

/** PostgreSQL, or PGlite in this process: tables of ours in the schema `syntrace`, those of the queue in `syntrace_queue`. */
export interface Database extends Queries {
  readonly kind: 'postgres' | 'pglite';
  /** One transaction; rolled back when the work throws. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** A queue on the same database, not started. */
  queue(options: QueueRole): PgBoss;
  close(): Promise<void>;
}

export interface QueueRole {
  readonly name: string;
  /** Whether it cares for what others left behind (lapsed claims, old jobs). */
  readonly supervise: boolean;
}

export const QUEUE_SCHEMA = 'syntrace_queue';

/** What pg-boss takes as a connection: each call then is part of the transaction. */
export const asBossDb = (queries: Queries) => ({
  executeSql: async (text: string, values?: unknown[]) => ({ rows: [...(await queries.query<never>(text, values))] }),
});

const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|57P0|08|53|3D000|28)/;

/** A lost or missing connection as a typed error; anything else as it is. */
export function databaseError(error: unknown): unknown {
  if (SyntraceError.is(error)) return error;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const text = messageOf(error);
  if (NETWORK.test(code) || /terminated|timeout exceeded|Connection|ECONN|the database system is/i.test(text))
    return new SyntraceError('DATABASE_UNAVAILABLE', { detail: text || code }, error);
  return error;
}
