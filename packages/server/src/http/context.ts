import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { Batches } from '../batch/batches.js';
import type { Database } from '../database/database.js';
import type { Engine } from '../judge/messages.js';
import type { Judge } from '../judge/pool.js';
import type { KeyRing } from '../keys/keys.js';
import type { Metrics } from '../metrics.js';
import type { ServeOptions } from '../options.js';
import type { Sources } from '../sources/sources.js';
import type { Store } from '../sources/store.js';
import type { Admission } from './admission.js';

export type App = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, TypeBoxTypeProvider>;

/** What the routes work with. */
export interface Service {
  readonly options: ServeOptions;
  readonly database: Database;
  readonly judge: Judge;
  readonly engine: Engine;
  readonly ring: KeyRing;
  readonly metrics: Metrics;
  readonly admission: Admission;
  readonly batches: Batches;
  readonly store: Store;
  readonly sources: Sources;
  /** Whether the service is stopping: what is running ends, nothing new begins. */
  stopping: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A body that is not validated as JSON, for the API's description. */
    body?: object;
  }
}
