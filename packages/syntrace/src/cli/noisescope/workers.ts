import manifest from '../../../package.json' with { type: 'json' };
import { loadServer } from '../server/load-server.js';
import { dataOf } from '../server/options.js';

interface WorkersOptions {
  readonly database?: string;
  readonly data?: string;
  readonly store?: string;
  readonly s3Endpoint?: string;
  readonly s3Region?: string;
}

/** The workers of a service in the place of this machine's kernels; nothing without `--database`. @throws SERVER_MISSING, DATABASE_UNAVAILABLE */
export async function openWorkers({ database, data, store, s3Endpoint, s3Region }: WorkersOptions, backend: string) {
  if (database === undefined) return undefined;
  const server = await loadServer();
  return server.openCoordinator({
    ...dataOf({ database, ...(data && { data }) }, server),
    ...(store && { store }),
    ...(s3Endpoint && { s3Endpoint }),
    s3Region: s3Region ?? server.DEFAULTS.s3Region,
    version: manifest.version,
    backend,
  });
}
