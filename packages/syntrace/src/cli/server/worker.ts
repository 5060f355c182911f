import { loadServer } from './load-server.js';
import { startOptions } from './options.js';
import { runUntilSignal } from './run-until-signal.js';
import type { EngineOptions } from './server-module.js';

/** Works until it is stopped. */
export async function workerCommand(options: EngineOptions): Promise<void> {
  const server = await loadServer();
  const running = await server.startWorker(startOptions(options, server));
  console.log(JSON.stringify({ working: true, engine: running.engine.fingerprint }));
  await runUntilSignal(running);
}
