// What the built site weighs, by when it is loaded.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const listed = pattern => text => [...text.matchAll(pattern)].map(([, file]) => file);
const inPage = listed(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g);

/** Bytes, and on demand gzipped bytes, of each part of a built site. */
export function sizesOf(dist) {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(dist, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const of = names => ({
    bytes: names.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0),
    gzip: () => names.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name))).length, 0),
  });
  const named = pattern => files.filter(file => pattern.test(file));
  const page = ['index.html', ...inPage(readFileSync(join(dist, 'index.html'), 'utf8'))];
  return {
    page: of(page),
    worker: of(named(/^assets\/worker-[^/]*\.js$/)),
    codecs: of(named(/^assets\/codec-[^/]*\.js$/)),
    samples: of(named(/\.(jpg|png|webp)$/)),
    credentials: of(named(/c2pa_bg[^/]*\.wasm$/)),
    models: of(named(/ort[^/]*\.(wasm|js|mjs)$/)),
    masks: of(named(/^assets\/masks-[^/]*\.js$/)),
    avif: of(named(/magick[^/]*\.wasm$/)),
    site: of(files),
  };
}
