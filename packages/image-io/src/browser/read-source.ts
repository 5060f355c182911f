import { SyntraceError } from '@syntrace/core';
import type { ImageInput, ReadOptions } from '../options.js';
import { type EncodedFile, isNamed, nameOf, readInMemory } from '../source/read-common.js';
import { fetchPicture } from './fetch-picture.js';

/** Reads a picture's bytes: an address (http(s) when allowed; `data:` and `blob:` always), bytes, Blob, File or stream.
 *  @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_HTTP_REFUSED, IMAGE_TIMEOUT, ABORTED */
export async function readSource(input: ImageInput, options: ReadOptions = {}, uri = nameOf(input)): Promise<EncodedFile> {
  if (isNamed(input)) return readSource(input.data, options, input.uri);
  if (typeof input !== 'string' && !(input instanceof URL)) return readInMemory(input, uri, options);
  return { uri, bytes: await fetchPicture(addressOf(input, uri), options, uri) };
}

function addressOf(input: string | URL, uri: string): URL {
  try {
    return new URL(input, globalThis.location?.href);
  } catch (error) {
    throw new SyntraceError('IMAGE_UNREADABLE', { uri, detail: 'it is not an address' }, error);
  }
}
