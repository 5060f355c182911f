import { SyntraceError } from '@syntrace/core';
import { DEFAULT_MAX_BYTES, DEFAULT_TIMEOUT_MS, type ReadOptions } from '../options.js';
import { checkBytes, collect } from '../source/collect.js';
import { readingError } from '../source/reading-error.js';
import { isPrivateHost } from './private-host.js';

/** Fetches a picture. A script cannot see where a name resolves to: literal private addresses and localhost are refused unless the page
 *  itself lives there, also after redirects (then the bytes are thrown away); the browser's own rules for private networks do the rest.
 *  @throws IMAGE_HTTP_REFUSED, IMAGE_TIMEOUT, IMAGE_TOO_LARGE, IMAGE_UNREADABLE, ABORTED */
export async function fetchPicture(url: URL, options: ReadOptions, uri = url.href): Promise<Uint8Array> {
  checkAddress(url, options, uri);
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const deadline = AbortSignal.timeout(timeout);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  try {
    const response = await fetch(url, { signal, credentials: 'same-origin', referrerPolicy: 'no-referrer' });
    if (response.redirected) checkAddress(new URL(response.url), options, uri);
    if (!response.ok) throw new SyntraceError('IMAGE_UNREADABLE', { uri, detail: `the server answered ${response.status}` });
    checkBytes(Number(response.headers.get('content-length') ?? 0), uri, maxBytes);
    return response.body ? await collect(response.body, uri, options) : new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw readingError(error, uri, { deadline, timeout, signal: options.signal });
  }
}

function checkAddress(url: URL, options: ReadOptions, uri: string): void {
  if (url.protocol === 'data:' || url.protocol === 'blob:') return;
  const refuse = (detail: string) => new SyntraceError('IMAGE_HTTP_REFUSED', { uri, detail });
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new SyntraceError('IMAGE_UNREADABLE', { uri, detail: `a browser does not read ${url.protocol} addresses` });
  if (!options.allowHttp) throw refuse('fetching was not allowed');
  if (url.origin !== globalThis.location?.origin && isPrivateHost(url.hostname)) throw refuse(`${url.hostname} is a private address`);
}
