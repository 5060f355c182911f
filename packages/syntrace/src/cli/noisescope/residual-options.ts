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
  /** MiB of residuals that stay in memory. */
  readonly memory?: number;
}

export const memoryOf = ({ memory }: Pick<ResidualOptions, 'memory'>): number | undefined => (memory === undefined ? undefined : memory * 2 ** 20);
