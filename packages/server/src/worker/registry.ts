import { hostname } from 'node:os';
import { messageOf } from '@syntrace/core';
import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import type { Engine } from '../judge/messages.js';

const EVERY_MS = 10_000;

/** Keeps a worker's line in the table of workers fresh. */
export function enroll(database: Database, id: string, engine: Engine, concurrency: number, log: Logger) {
  let state = 'working';
  const say = () =>
    database
      .query(
        `INSERT INTO syntrace.worker (id, host, engine, version, backend, concurrency, state) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, seen = now()`,
        [id, hostname(), engine.fingerprint, engine.version, engine.backend, concurrency, state],
      )
      .then(
        () => {},
        error => log.warn({ detail: messageOf(error) }, 'the worker could not be enrolled'),
      );
  const timer = setInterval(say, EVERY_MS);
  return {
    first: say(),
    async become(next: 'draining' | 'stopped') {
      state = next;
      if (next === 'stopped') clearInterval(timer);
      await say();
    },
  };
}
