import type { PairFinder } from '@syntrace/detector-noisescope';
import type { SessionOptions } from '../open-session.js';

/** What the command uses of `@syntrace/server`, which depends on this package and can therefore not be imported for its types. */
export interface ServerModule {
  readonly DEFAULTS: Readonly<Record<string, unknown>>;
  startServer(options: object): Promise<Running & { readonly address: string }>;
  startWorker(options: object): Promise<Running>;
  openDatabase(choice: { readonly database?: string; readonly data: string }): Promise<Database>;
  addKey(
    database: Database,
    key: { readonly name: string; readonly scopes?: readonly string[]; readonly perMinute?: number },
  ): Promise<{ readonly key: string; readonly id: string }>;
  listKeys(database: Database): Promise<readonly ApiKey[]>;
  revokeKey(database: Database, id: string): Promise<void>;
  openCoordinator(options: object): Promise<PairFinder & { forget(): Promise<void>; close(): Promise<void> }>;
  exportResults(database: Database, folder: string, batch?: string): Promise<{ readonly files: number; readonly rows: number }>;
}

export interface Running {
  readonly engine: { readonly fingerprint: string };
  stop(): Promise<void>;
}

interface Database {
  close(): Promise<void>;
}

interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly perMinute: number;
  readonly created: Date;
  readonly revoked: Date | null;
}

export interface DataOptions {
  readonly database?: string;
  readonly data?: string;
}

/** Options of `serve` and `worker` as commander gives them. */
export type EngineOptions = SessionOptions & DataOptions & Readonly<Record<string, unknown>>;
