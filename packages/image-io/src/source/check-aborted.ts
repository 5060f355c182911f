import { SyntraceError } from '@syntrace/core';

/** @throws ABORTED when the caller has given up */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SyntraceError('ABORTED', {}, signal.reason);
}
