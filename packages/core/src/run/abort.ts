import { SyntraceError } from '../errors.js';

/** @throws ABORTED if the signal has fired */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new SyntraceError('ABORTED', {}, signal.reason);
}

/** The promise's result, or ABORTED as soon as the signal fires, whether or not the work behind it listens. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new SyntraceError('ABORTED', {}, signal.reason));
    // A listener for each wait, not one race for the run: a long-lived promise would keep every result alive.
    const settle = (end: () => void) => {
      signal.removeEventListener('abort', stop);
      end();
    };
    work.then(
      value => settle(() => resolve(value)),
      error => settle(() => reject(error)),
    );
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
