import { SyntraceError } from '@syntrace/core';
import type { Database } from './database.js';
import { MIGRATIONS } from './migrations.js';

/** One key for all of Syntrace: two processes that start together migrate one after the other. */
const LOCK = 7_468_123;

/** Brings the tables to this version's state. @throws DATABASE_UNAVAILABLE when they are of a newer version */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async queries => {
    await queries.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    await queries.query('CREATE SCHEMA IF NOT EXISTS syntrace');
    await queries.query('CREATE TABLE IF NOT EXISTS syntrace.migration (version int PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())');
    const [row] = await queries.query<{ version: number }>('SELECT coalesce(max(version), 0)::int AS version FROM syntrace.migration');
    const present = row!.version;
    if (present > MIGRATIONS.length)
      throw new SyntraceError('DATABASE_UNAVAILABLE', { detail: `its tables are of version ${present}, this server knows ${MIGRATIONS.length}: update it` });
    for (let version = present; version < MIGRATIONS.length; version++) {
      await queries.query(MIGRATIONS[version]!);
      await queries.query('INSERT INTO syntrace.migration (version) VALUES ($1)', [version + 1]);
    }
  });
}
