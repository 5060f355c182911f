import { loadServer } from './load-server.js';
import { startOptions } from './options.js';
import { runUntilSignal } from './run-until-signal.js';
import type { EngineOptions } from './server-module.js';

/** Serves until it is stopped; the first line of standard output says where. */
export async function serveCommand(options: EngineOptions): Promise<void> {
  const server = await loadServer();
  const running = await server.startServer(startOptions(options, server));
  console.log(JSON.stringify({ listening: running.address, docs: `${running.address}/docs`, engine: running.engine.fingerprint }));
  await runUntilSignal(running);
}
