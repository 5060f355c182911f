import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, SyntraceError } from '@syntrace/core';
import { fromPglite, PgBoss } from 'pg-boss';
import { type Database, QUEUE_SCHEMA, type Queries } from './database.js';

/** PostgreSQL inside this process, in a folder (or in memory): for one machine, and nothing to install. */
export async function openPglite(folder: string | undefined): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  const unlock = folder === undefined ? () => {} : lock(folder);
  const lite = await PGlite.create(folder === undefined ? {} : { dataDir: join(folder, 'database') }).catch(error => {
    unlock();
    throw new SyntraceError('DATABASE_UNAVAILABLE', { detail: messageOf(error) }, error);
  });
  const on = (client: Pick<typeof lite, 'query' | 'exec'>): Queries => ({
    async query<T>(text: string, values?: readonly unknown[]) {
      if (values && values.length > 0) return (await client.query<T>(text, values as unknown[])).rows;
      return (await client.exec(text)).flatMap(({ rows }) => rows as T[]);
    },
  });
  return {
    kind: 'pglite',
    query: on(lite).query,
    transaction: work => lite.transaction(client => work(on(client as never))) as never,
    queue: ({ name, supervise }) =>
      new PgBoss({
        db: fromPglite(lite as never),
        backend: 'pglite',
        schema: QUEUE_SCHEMA,
        instanceName: name,
        supervise,
        schedule: false,
        superviseIntervalSeconds: 5,
        monitorIntervalSeconds: 5,
        reindex: false,
      }),
    async close() {
      await lite.close();
      unlock();
    },
  };
}

/** Folders that this process has open. */
const own = new Set<string>();

/** Two databases on one folder would destroy it. A lock whose process is gone is taken over. @throws DATABASE_UNAVAILABLE */
function lock(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(realpathSync(folder), 'lock');
  if (own.has(file)) throw new SyntraceError('DATABASE_UNAVAILABLE', { detail: `${folder} is open in this process already` });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      own.add(file);
      return () => {
        own.delete(file);
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new SyntraceError('DATABASE_UNAVAILABLE', { detail: messageOf(error) }, error);
      const owner = Number(readFileSync(file, 'utf8'));
      if (owner !== process.pid && isAlive(owner))
        throw new SyntraceError('DATABASE_UNAVAILABLE', { detail: `${folder} is in use by process ${owner}; several processes need PostgreSQL (--database)` });
      rmSync(file, { force: true });
    }
  }
  throw new SyntraceError('DATABASE_UNAVAILABLE', { detail: `${file} cannot be made` });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
