import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { SyntraceError } from '@syntrace/core';
import { DEFAULT_TIMEOUT_MS, type ReadOptions } from '../options.js';
import { collect } from '../source/collect.js';
import { readingError } from '../source/reading-error.js';
import { isPrivateAddress } from './private-address.js';

const MAX_REDIRECTS = 5;

/** Fetches a picture from the public internet. The address is checked where the socket connects, so a name that resolves to a private
 *  address, or a redirect to one, is refused as well.
 *  @throws IMAGE_HTTP_REFUSED, IMAGE_TIMEOUT, IMAGE_TOO_LARGE, IMAGE_UNREADABLE, ABORTED */
export async function fetchPicture(url: URL, options: ReadOptions, isRefused: (address: string) => boolean = isPrivateAddress): Promise<Uint8Array> {
  const uri = url.href;
  if (!options.allowHttp) throw new SyntraceError('IMAGE_HTTP_REFUSED', { uri, detail: 'fetching was not allowed' });
  const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const deadline = AbortSignal.timeout(timeout);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  try {
    const response = await follow(url, signal, isRefused);
    return await collect(response, uri, options);
  } catch (error) {
    throw readingError(error, uri, { deadline, timeout, signal: options.signal });
  }
}

async function follow(start: URL, signal: AbortSignal, isRefused: (address: string) => boolean): Promise<http.IncomingMessage> {
  let url = start;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await get(url, signal, isRefused);
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    response.destroy();
    const location = response.headers.location;
    if (status < 300 || status >= 400 || !location) throw new SyntraceError('IMAGE_UNREADABLE', { uri: start.href, detail: `the server answered ${status}` });
    url = new URL(location, url);
  }
  throw new SyntraceError('IMAGE_HTTP_REFUSED', { uri: start.href, detail: `more than ${MAX_REDIRECTS} redirects` });
}

function get(url: URL, signal: AbortSignal, isRefused: (address: string) => boolean): Promise<http.IncomingMessage> {
  const refusal = (detail: string) => new SyntraceError('IMAGE_HTTP_REFUSED', { uri: url.href, detail });
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refusal(`${url.protocol} is not http or https`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && isRefused(host)) throw refusal(`${host} is a private address`);
  const publicLookup: LookupFunction = (name, lookupOptions, callback) => {
    lookup(name, { ...lookupOptions, all: true }, (error, addresses) => {
      const bad = addresses?.find(({ address }) => isRefused(address));
      if (error) callback(error, '', 0);
      else if (bad) callback(refusal(`${name} is the private address ${bad.address}`), '', 0);
      else if (lookupOptions.all) callback(null, addresses);
      else callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
  return new Promise((resolve, reject) => {
    // No shared agent: a connection that someone else keeps open to a private address would be taken up again without a lookup.
    const options = { agent: false, signal, lookup: publicLookup, headers: { accept: 'image/*' } };
    (url.protocol === 'https:' ? https : http).get(url, options, resolve).on('error', reject);
  });
}
