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

/** `img_dim` of the published scripts. */
const PUBLISHED_SIDE = 256;

/** The size of pictures that are taken; `undefined`: that of the first. */
export function sizeOf({ imageSize, compat }: { readonly imageSize?: number; readonly compat?: boolean }): { width: number; height: number } | undefined {
  const side = imageSize ?? (compat ? PUBLISHED_SIDE : undefined);
  return side === undefined ? undefined : { width: side, height: side };
}

export const memoryOf = ({ memory }: Pick<ResidualOptions, 'memory'>): number | undefined => (memory === undefined ? undefined : memory * 2 ** 20);
