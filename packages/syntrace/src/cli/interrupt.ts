import { SyntraceError } from '@syntrace/core';

/** `npx` passes Ctrl-C on, so that it arrives twice. */
const ONE_PRESS_MS = 500;

/** A signal that fires on Ctrl-C or SIGTERM: the first time finished work is kept, the second time the process ends at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) {
        first = performance.now();
        if (process.stderr.isTTY) console.error('\nstopping (again: at once)');
        controller.abort(new Error(name));
      } else if (performance.now() - first > ONE_PRESS_MS) process.exit(130);
    });
  }
  return controller.signal;
}

/** Does work that stops when it is interrupted. @throws ABORTED then, and whatever the work throws */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = interruptSignal();
  try {
    return await work(signal);
  } catch (error) {
    throw signal.aborted ? new SyntraceError('ABORTED', {}, error) : error;
  }
}
