import type { Running } from './server-module.js';

/** Until SIGTERM or Ctrl-C; the second one ends at once. */
export function runUntilSignal(running: Running): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(130);
      stopping = true;
      running.stop().then(resolve, reject);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  });
}
