import { hostname } from 'node:os';
import { join } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { Queue } from '../batch/queue.js';
import { openDatabase } from '../database/open.js';
import { createLog } from '../log.js';
import type { DataOptions, SourceOptions } from '../options.js';
import { openStore } from '../sources/store.js';
import { pairsByWorkers } from './coordinator.js';
import { pairQueue } from './pair-jobs.js';

export interface CoordinatorOptions extends DataOptions, Pick<SourceOptions, 's3Endpoint' | 's3Region' | 'store'> {
  /** Version of `syntrace` and kernel backend, which the workers must share. */
  readonly version: string;
  readonly backend: string;
  /** Rows of a side of a block at most. Default 256. */
  readonly blockRows?: number;
}

/** A finder of pairs that has its work done by the workers of a service; close it when done. @throws USAGE without a database, DATABASE_UNAVAILABLE */
export async function openCoordinator({ database, data, store, s3Endpoint, s3Region, blockRows, ...engine }: CoordinatorOptions) {
  if (database === undefined) throw new SyntraceError('USAGE', { detail: 'comparing on workers needs --database postgres://…' });
  const opened = await openDatabase({ database, data });
  const log = createLog('warn');
  const name = pairQueue(engine);
  const queue = await Queue.start(opened, [name], { name: `coordinator-${hostname()}-${process.pid}`, supervise: true }, HEARTBEAT, log);
  const finder = pairsByWorkers({
    database: opened,
    queue,
    store: openStore(store ?? join(data, 'store'), { region: s3Region, ...(s3Endpoint && { endpoint: s3Endpoint }) }),
    name,
    ...(blockRows !== undefined && { blockRows }),
  });
  return {
    find: finder.find,
    forget: finder.forget,
    async close() {
      await queue.stop();
      await opened.close();
    },
  };
}

const HEARTBEAT = 30;
