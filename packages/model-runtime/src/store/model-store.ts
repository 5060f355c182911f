import { checkSum, messageOf, SyntraceError } from '@syntrace/core';

/** Keeps files by their checksum. */
export interface ModelCache {
  /** Where, for people. */
  readonly place: string;
  get(sha256: string): Promise<Uint8Array | null>;
  put(sha256: string, bytes: Uint8Array): Promise<void>;
}

/** Files from addresses, each pinned by its checksum: from the cache where it has them, so that no network is needed the second time. */
export interface ModelStore {
  /** @throws MODEL_UNREACHABLE, ARTIFACT_CHECKSUM, ARTIFACT_INVALID for files above the limit */
  load(address: URL, sha256: string): Promise<Uint8Array>;
}

export interface StoreOptions {
  /** Larger files are refused. Default 2 GiB. */
  readonly maxBytes?: number;
  readonly fetch?: typeof fetch;
}

const MAX_BYTES = 2 ** 31;

export function storeOf(cache: ModelCache, { maxBytes = MAX_BYTES, fetch: ask = globalThis.fetch }: StoreOptions = {}): ModelStore {
  return {
    async load(address, sha256) {
      const wanted = sha256.toLowerCase();
      if (!/^[0-9a-f]{64}$/.test(wanted)) throw new SyntraceError('ARTIFACT_INVALID', { file: address.href, detail: `${sha256} is no sha256 in hex` });
      if (address.protocol !== 'https:')
        throw new SyntraceError('ARTIFACT_INVALID', { file: address.href, detail: 'models are fetched from https addresses only' });
      const name = address.pathname.split('/').at(-1) ?? '';
      const kept = await cache.get(wanted);
      if (kept && (await isWhole(name, kept, wanted))) return kept;
      const bytes = await fetched(address, ask, maxBytes, cache.place);
      await checkSum(name, bytes, wanted);
      await cache.put(wanted, bytes);
      return bytes;
    },
  };
}

/** A file that was damaged in the cache is fetched again. */
const isWhole = (name: string, bytes: Uint8Array, sha256: string): Promise<boolean> =>
  checkSum(name, bytes, sha256).then(
    () => true,
    () => false,
  );

async function fetched(address: URL, ask: typeof fetch, maxBytes: number, cache: string): Promise<Uint8Array> {
  const unreachable = (detail: string, cause?: unknown) => new SyntraceError('MODEL_UNREACHABLE', { uri: address.href, detail, cache }, cause);
  const tooLarge = () => new SyntraceError('ARTIFACT_INVALID', { file: address.href, detail: `it has more than ${maxBytes} bytes` });
  try {
    const response = await ask(address);
    if (!response.ok || !response.body) throw unreachable(`the server answered ${response.status}`);
    if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
    const parts: Uint8Array[] = [];
    let length = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > maxBytes) {
        await reader.cancel();
        throw tooLarge();
      }
      parts.push(part.value);
    }
    const bytes = new Uint8Array(length);
    parts.reduce((at, part) => {
      bytes.set(part, at);
      return at + part.length;
    }, 0);
    return bytes;
  } catch (error) {
    throw SyntraceError.is(error) ? error : unreachable(messageOf(error), error);
  }
}
