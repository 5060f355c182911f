import { type ErrorCode, messageOf, SyntraceError } from '@syntrace/core';

/** A picture that could not be used, with the reason; it ends nothing. */
export interface FailedPicture {
  readonly path: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** The reason why a picture failed. An abort, and whatever is no fault of the picture, is thrown on. */
export function failedPicture(path: string, error: unknown): FailedPicture {
  if (SyntraceError.is(error) && /^IMAGE_/.test(error.code)) return { path, code: error.code, message: error.message };
  throw error instanceof Error ? error : new Error(messageOf(error));
}
