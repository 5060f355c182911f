import { SyntraceError } from '@syntrace/core';

export async function sha256(data: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(data)));
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** The typed error that the work ends in; anything else fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<SyntraceError> {
  const error = await work.then(
    () => 'it was accepted',
    (thrown: unknown) => thrown,
  );
  if (!SyntraceError.is(error)) throw new Error(`no typed error: ${error instanceof Error ? error.stack : error}`);
  return error;
}
