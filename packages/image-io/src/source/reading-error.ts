import { SyntraceError } from '@syntrace/core';

interface Limits {
  readonly deadline: AbortSignal;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** What a failed fetch means: the caller stopped it, it took too long, or whatever was thrown. */
export function readingError(error: unknown, uri: string, { deadline, timeout, signal }: Limits): SyntraceError {
  if (signal?.aborted) return new SyntraceError('ABORTED', {}, error);
  if (deadline.aborted) return new SyntraceError('IMAGE_TIMEOUT', { uri, seconds: timeout / 1000 }, error);
  return SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri });
}
