import type { ModelCache } from './model-store.js';

const NAME = 'syntrace-models';
const addressOf = (sha256: string): string => `https://syntrace.invalid/models/${sha256}`;

/** The browser's own cache storage; without it (a page that is not secure) nothing is kept. */
export const browserCache = (): ModelCache => ({
  place: `cache storage ${NAME}`,
  async get(sha256) {
    const found = await globalThis.caches?.open(NAME).then(cache => cache.match(addressOf(sha256)));
    return found ? new Uint8Array(await found.arrayBuffer()) : null;
  },
  async put(sha256, bytes) {
    const cache = await globalThis.caches?.open(NAME);
    await cache?.put(addressOf(sha256), new Response(bytes as Uint8Array<ArrayBuffer>));
  },
});
