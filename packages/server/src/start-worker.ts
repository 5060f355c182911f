import { SyntraceError } from '@syntrace/core';
import type { Engine } from './judge/messages.js';
import { createLog } from './log.js';
import { workOnPairs } from './noisescope/pair-worker.js';
import type { WorkerOptions } from './options.js';
import { chunkWorker, openParts, type StandIn } from './parts.js';
import { startTraces } from './telemetry.js';
import { serveMetrics } from './worker/metrics-server.js';
import { enroll } from './worker/registry.js';

export interface Running {
  readonly engine: Engine;
  /** Ends what is begun, gives the rest back, and closes. */
  stop(): Promise<void>;
}

/** A worker: judges chunks of the queue until it is stopped. @throws DATABASE_UNAVAILABLE, USAGE, and what opening the detectors throws */
export async function startWorker(options: WorkerOptions, standIn?: StandIn): Promise<Running> {
  if (options.database === undefined)
    throw new SyntraceError('USAGE', { detail: 'a worker needs --database postgres://…; without one `syntrace serve` works by itself' });
  const log = createLog(options.logLevel);
  const endTraces = options.traces ? await startTraces('syntrace-worker') : async () => {};
  const parts = await openParts(options, log, standIn);
  const chunks = options.chunks ?? options.processes;
  const enrolled = enroll(parts.database, parts.id, parts.engine, chunks, log);
  const worker = chunkWorker(parts, options, chunks, log);
  const endMetrics = options.metricsPort === undefined ? async () => {} : await serveMetrics(parts.metrics, options.metricsPort);
  worker.start();
  const stopping = new AbortController();
  const pairs = workOnPairs({ ...parts, log, heartbeatSeconds: options.heartbeatSeconds }, stopping.signal);
  log.info({ worker: parts.id, engine: parts.engine.fingerprint, backend: parts.engine.backend, chunks }, 'working');
  return {
    engine: parts.engine,
    async stop() {
      log.info('draining');
      await enrolled.become('draining');
      stopping.abort();
      await Promise.all([worker.drain(options.drainSeconds), pairs]);
      await enrolled.become('stopped');
      await endMetrics();
      await parts.close();
      await endTraces();
    },
  };
}
