/// <reference lib="webworker" />
import { addRoute, cleanupOutdatedCaches, precache } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: { url: string; revision: string | null }[];
declare const __ON_USE__: string[];

/** Large parts that are kept once they were used. Their names change with their content. */
const ON_USE = 'syntrace-playground-on-use';
const onUse = new Set(__ON_USE__.map(file => new URL(file, self.registration.scope).href));

precache(__FILES__);
addRoute({ directoryIndex: 'index.html', ignoreURLParametersMatching: [/.*/] });
cleanupOutdatedCaches();

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(Promise.all([self.clients.claim(), forgetOld()])));
self.addEventListener('fetch', event => {
  if (event.request.method === 'GET' && onUse.has(event.request.url)) event.respondWith(keptOnUse(event.request));
});
// The page asks for large parts before they are used, so that they are there without a network.
self.addEventListener('message', event => {
  const { keep } = (event.data ?? {}) as { readonly keep?: string };
  if (keep !== undefined) event.waitUntil(keepNow(keep).then(kept => event.ports[0]?.postMessage(kept)));
});

async function keptOnUse(request: Request): Promise<Response> {
  const cache = await caches.open(ON_USE);
  const known = await cache.match(request.url);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}

/** Those whose name holds the word; whether they are all there afterwards. */
async function keepNow(word: string): Promise<boolean> {
  const cache = await caches.open(ON_USE);
  const wanted = [...onUse].filter(url => url.includes(word));
  const missing = await Promise.all(wanted.map(async url => ((await cache.match(url)) ? [] : [url])));
  return cache.addAll(missing.flat()).then(
    () => true,
    () => false,
  );
}

async function forgetOld(): Promise<void> {
  const cache = await caches.open(ON_USE);
  for (const { url } of await cache.keys()) if (!onUse.has(url)) await cache.delete(url);
}
