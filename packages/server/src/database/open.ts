import { SyntraceError } from '@syntrace/core';
import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { openPglite } from './pglite.js';
import { openPostgres } from './postgres.js';

export interface DatabaseChoice {
  /** `postgres://…`; without it PGlite in `data`. */
  readonly database?: string;
  /** Folder of PGlite and of uploads. */
  readonly data: string;
}

/** Opens and migrates. @throws DATABASE_UNAVAILABLE, USAGE */
export async function openDatabase({ database, data }: DatabaseChoice): Promise<Database> {
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database))
    throw new SyntraceError('USAGE', { detail: '--database: expected an address like postgres://user@host/name' });
  const opened = database === undefined ? await openPglite(data) : openPostgres(database);
  try {
    await migrate(opened);
    return opened;
  } catch (error) {
    await opened.close();
    throw SyntraceError.from(error, 'DATABASE_UNAVAILABLE', {});
  }
}
