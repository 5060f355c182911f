import type { Fetch } from '@syntrace/detector-provenance';
import type { EncodedFile, ReadOptions } from '@syntrace/image-io';

/** Manifests and answers about revocation are small. */
const MOST_BYTES = 32 << 20;

/** Asks public servers only: the addresses come from a file that nobody vouches for, and must not reach into the user's own network. */
export const publicFetch =
  (readSource: (source: string, options: ReadOptions) => Promise<EncodedFile>, { timeoutMs, signal }: ReadOptions): Fetch =>
  async ({ method, url }) => {
    if (method !== 'GET') throw new TypeError(`only GET is allowed, not ${method}`);
    const { bytes } = await readSource(url, {
      allowHttp: true,
      maxBytes: MOST_BYTES,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(signal && { signal }),
    });
    return new Response(bytes as Uint8Array<ArrayBuffer>);
  };
