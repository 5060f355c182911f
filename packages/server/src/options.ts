import type { SessionOptions } from 'syntrace/session';

/** What the operator says of judging; the same for the service and for workers. */
export interface EngineOptions {
  /** Detectors, weights, plugins, backend: as for `syntrace detect`. Plugins come from here only, never from a request. */
  readonly session: SessionOptions;
  /** Judging processes. */
  readonly processes: number;
  /** Most seconds a picture may take. */
  readonly judgeSeconds: number;
  /** Most megabytes a judging process may hold. */
  readonly judgeMemory: number;
  /** Most bytes of a picture. */
  readonly maxBytes: number;
}

/** Where pictures of batches may come from; nothing but uploads without it. */
export interface SourceOptions {
  readonly allowHttp: boolean;
  /** Folders whose pictures may be judged, at any depth. */
  readonly allowFolder: readonly string[];
  /** `s3://bucket/prefix`, by which keys must begin. */
  readonly allowS3: readonly string[];
  /** Address of an S3-compatible service; credentials are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
  readonly s3Endpoint?: string;
  readonly s3Region: string;
  /** Where uploads and residuals lie: a folder that all machines share, or `s3://bucket/prefix`. Default: `data`. */
  readonly store?: string;
}

export interface DataOptions {
  /** `postgres://…`; default PGlite in `data`. */
  readonly database?: string;
  readonly data: string;
}

export interface WorkerOptions extends EngineOptions, SourceOptions, DataOptions {
  /** Chunks that are worked on at one time. Default: one for each judging process. */
  readonly chunks?: number;
  /** Seconds after which the work of a worker that says nothing more is given to another. At least 10. */
  readonly heartbeatSeconds: number;
  /** Seconds for which a stopping worker goes on with what it has begun. */
  readonly drainSeconds: number;
  readonly logLevel: string;
  /** Where a worker answers /health and /metrics, on all addresses; it does not without. */
  readonly metricsPort?: number;
  /** Traces to an OpenTelemetry collector. */
  readonly traces: boolean;
}

export interface ServeOptions extends WorkerOptions {
  readonly host: string;
  readonly port: number;
  /** Chunks that this process works on itself; 0 leaves batches to workers. */
  readonly work: number;
  /** Take the client's address from X-Forwarded-For: only behind a proxy that sets it. */
  readonly trustProxy: boolean;
  /** Pages of these origins may use the server. */
  readonly allowOrigin: readonly string[];
  /** Requests a minute without a key, on loopback. */
  readonly perMinute: number;
  /** Seconds in which a request must have arrived, however slowly it is sent. */
  readonly requestSeconds: number;
  /** Most bytes of a request with a list or several pictures. */
  readonly maxBody: number;
}

/** Values for whatever the operator leaves unsaid. */
export const DEFAULTS = {
  judgeSeconds: 60,
  judgeMemory: 2048,
  maxBytes: 32 * 2 ** 20,
  maxPixels: 100_000_000,
  maxBody: 256 * 2 ** 20,
  allowHttp: false,
  allowFolder: [],
  allowS3: [],
  s3Region: 'us-east-1',
  data: 'syntrace-data',
  heartbeatSeconds: 30,
  drainSeconds: 30,
  logLevel: 'info',
  traces: false,
  host: '127.0.0.1',
  port: 3000,
  allowOrigin: [],
  trustProxy: false,
  perMinute: 6000,
  requestSeconds: 120,
} as const;
