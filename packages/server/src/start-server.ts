import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, SyntraceError } from '@syntrace/core';
import type { Logger } from 'pino';
import { Batches } from './batch/batches.js';
import { Lister } from './batch/lister.js';
import { LIST_QUEUE, type ListJob } from './batch/queue.js';
import type { Database } from './database/database.js';
import { Admission } from './http/admission.js';
import { buildApp } from './http/app.js';
import { isLoopback } from './http/auth.js';
import type { Service } from './http/context.js';
import { KeyRing, listKeys } from './keys/keys.js';
import { createLog } from './log.js';
import type { ServeOptions } from './options.js';
import { chunkWorker, openParts, type Parts, type StandIn } from './parts.js';
import { deleteExpired } from './results/retention.js';
import type { Running } from './start-worker.js';
import { startTraces } from './telemetry.js';
import { enroll } from './worker/registry.js';

export interface RunningServer extends Running {
  readonly address: string;
  /** For whoever embeds the service: keys, queries. */
  readonly database: Database;
}

const RETENTION_MS = 10 * 60_000;
const LIST_MS = 500;

/** The service: HTTP, lists of sources, retention, and as many chunks at one time as `work` says.
 *  @throws SERVER_ADDRESS without keys on an address that others reach, DATABASE_UNAVAILABLE, USAGE, and what opening the detectors throws */
export async function startServer(options: ServeOptions, standIn?: StandIn): Promise<RunningServer> {
  const log = createLog(options.logLevel);
  const endTraces = options.traces ? await startTraces('syntrace-server') : async () => {};
  const parts = await openParts(options, log, standIn);
  try {
    const { database, queue, engine, sources, store, judge, metrics } = parts;
    const active = (await listKeys(database)).filter(({ revoked }) => !revoked);
    if (!isLoopback(options.host) && active.length === 0) throw new SyntraceError('SERVER_ADDRESS', { host: options.host });
    const batches = new Batches(database, queue, engine);
    const admission = new Admission(options.processes, metrics);
    const service: Service = { options, database, judge, engine, ring: new KeyRing(database), metrics, admission, batches, store, sources, stopping: false };
    const app = await buildApp(service);
    const address = await app.listen({ host: options.host, port: options.port });
    const stopping = new AbortController();
    const listing = listSources(new Lister(database, queue, batches, sources, log), parts, stopping.signal, log);
    const expiry = setInterval(
      () => void deleteExpired(database, store, log).catch(error => log.warn({ detail: messageOf(error) }, 'retention')),
      RETENTION_MS,
    );
    const worker = options.work > 0 ? chunkWorker(parts, options, options.work, log) : undefined;
    const enrolled = worker && enroll(database, parts.id, engine, options.work, log);
    worker?.start();
    log.info({ address, engine: engine.fingerprint, backend: engine.backend, database: database.kind, keys: active.length }, 'serving');
    return {
      address,
      database,
      engine,
      async stop() {
        service.stopping = true;
        stopping.abort();
        clearInterval(expiry);
        await enrolled?.become('draining');
        await Promise.all([app.close(), worker?.drain(options.drainSeconds), listing]);
        await enrolled?.become('stopped');
        await parts.close();
        await endTraces();
      },
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** Makes the lists that wait, one after the other. */
async function listSources(lister: Lister, { queue }: Parts, signal: AbortSignal, log: Logger): Promise<void> {
  while (!signal.aborted) {
    try {
      const job = await queue.fetch<ListJob>(LIST_QUEUE);
      if (job) await lister.work(job, () => signal.aborted);
      else await sleep(LIST_MS, undefined, { signal }).catch(() => {});
    } catch (error) {
      log.warn({ detail: messageOf(error) }, 'listing');
      await sleep(2000, undefined, { signal }).catch(() => {});
    }
  }
}
