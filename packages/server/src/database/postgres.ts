import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { type Database, databaseError, QUEUE_SCHEMA, type Queries } from './database.js';

const CONNECTIONS = 8;

/** PostgreSQL 13 and later, by its address. Connections are made when needed and again after a loss. */
export function openPostgres(address: string): Database {
  const pool = new pg.Pool({ connectionString: address, max: CONNECTIONS, connectionTimeoutMillis: 10_000, application_name: 'syntrace', keepAlive: true });
  // An idle connection that breaks is replaced by the pool.
  pool.on('error', () => {});
  const on = (client: pg.Pool | pg.PoolClient): Queries => ({
    async query<T>(text: string, values?: readonly unknown[]) {
      try {
        const result = (await client.query(text, values as unknown[])) as pg.QueryResult | pg.QueryResult[];
        return (Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows) as T[];
      } catch (error) {
        throw databaseError(error);
      }
    },
  });
  const queries = on(pool);
  return {
    kind: 'postgres',
    query: queries.query,
    async transaction(work) {
      const client = await pool.connect().catch(error => Promise.reject(databaseError(error)));
      let broken: Error | undefined;
      const lose = (error: Error) => {
        broken = error;
      };
      client.on('error', lose);
      try {
        await on(client).query('BEGIN');
        const result = await work(on(client));
        await on(client).query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(failure => {
          broken ??= failure;
        });
        throw error;
      } finally {
        client.removeListener('error', lose);
        client.release(broken);
      }
    },
    queue: ({ name, supervise }) =>
      new PgBoss({
        connectionString: address,
        max: 3,
        schema: QUEUE_SCHEMA,
        application_name: 'syntrace-queue',
        instanceName: name,
        supervise,
        schedule: false,
        superviseIntervalSeconds: 5,
        monitorIntervalSeconds: 5,
        reindex: true,
      }),
    close: () => pool.end(),
  };
}
