import { availableParallelism } from 'node:os';
import { SyntraceError } from '@syntrace/core';
import type { DataOptions, EngineOptions, ServerModule } from './server-module.js';

/** The address may come from the environment: on a command line everybody on the machine reads its password. */
export function dataOf({ database = process.env.SYNTRACE_DATABASE, data }: DataOptions, { DEFAULTS }: ServerModule) {
  return { ...(database && { database }), data: data ?? String(DEFAULTS.data) };
}

const SESSION = ['backend', 'provider', 'plugin', 'weights', 'detector', 'ensemble', 'look'] as const;
/** A judging process has so many threads, unless `--concurrency` says otherwise. */
const THREADS = 2;
const LEAST: Readonly<Record<string, number>> = { heartbeatSeconds: 10, judgeSeconds: 1, judgeMemory: 128, processes: 1, maxBytes: 1 };

/** Everything that `startServer` and `startWorker` take; what is unsaid has its default. @throws USAGE */
export function startOptions(options: EngineOptions, server: ServerModule) {
  for (const [name, least] of Object.entries(LEAST)) {
    const value = options[name];
    if (typeof value === 'number' && value < least)
      throw new SyntraceError('USAGE', { detail: `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}: expected at least ${least}` });
  }
  const threads = options.concurrency ?? THREADS;
  const session = Object.fromEntries(SESSION.flatMap(name => (options[name] === undefined ? [] : [[name, options[name]]])));
  const said = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const processes = (options.processes as number | undefined) ?? Math.max(1, Math.floor(availableParallelism() / threads));
  const maxPixels = options.maxPixels ?? Number(server.DEFAULTS.maxPixels);
  return { ...server.DEFAULTS, work: processes, ...said, ...dataOf(options, server), processes, session: { ...session, concurrency: threads, maxPixels } };
}
