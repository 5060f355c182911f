import type { SessionOptions } from '../open-session.js';

/** Options of commands that take residuals. */
export interface ResidualOptions extends SessionOptions {
  readonly real?: string;
  readonly fake?: string;
  readonly realResiduals?: string;
  readonly fakeResiduals?: string;
  readonly imageSize?: number;
  /** `false`: --no-cache. */
  readonly cache?: string | false;
}
