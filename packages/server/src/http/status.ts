import type { ErrorCode } from '@syntrace/core';

const STATUS: Partial<Record<ErrorCode, number>> = {
  REQUEST_INVALID: 400,
  USAGE: 400,
  DETECTOR_UNKNOWN: 400,
  KEY_REFUSED: 401,
  KEY_SCOPE: 403,
  SOURCE_REFUSED: 403,
  IMAGE_HTTP_REFUSED: 403,
  REQUEST_UNKNOWN: 404,
  BATCH_UNKNOWN: 404,
  BATCH_STATE: 409,
  REQUEST_TOO_LARGE: 413,
  IMAGE_TOO_LARGE: 413,
  SERVER_LIMIT: 429,
  SERVER_BUSY: 503,
  DATABASE_UNAVAILABLE: 503,
  ABORTED: 503,
  EXPORT_FAILED: 507,
};

/** The HTTP status of an error. What is wrong with a picture itself is 422. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? (/^(IMAGE|JUDGE|DETECTOR|KERNEL|MODEL|RESIDUAL)_/.test(code) ? 422 : 500);
}
