import { open } from 'node:fs/promises';
import { SyntraceError } from '@syntrace/core';
import { DEFAULT_MAX_BYTES, type ImageInput, type ReadOptions } from '../options.js';
import { checkBytes, collect } from '../source/collect.js';
import { type EncodedFile, isHttp, isNamed, nameOf, readInMemory } from '../source/read-common.js';
import { fetchPicture } from './fetch-picture.js';

/** Reads a picture's bytes: a path, `-` (standard input), file URL, http(s) URL (when allowed), bytes, Blob or stream.
 *  @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_HTTP_REFUSED, IMAGE_TIMEOUT, ABORTED */
export async function readSource(input: ImageInput, options: ReadOptions = {}, uri = nameOf(input)): Promise<EncodedFile> {
  if (isNamed(input)) return readSource(input.data, options, input.uri);
  if (input instanceof URL) return input.protocol === 'file:' ? readFile(input, uri, options) : { uri, bytes: await fetchPicture(input, options) };
  if (typeof input !== 'string') return readInMemory(input, uri, options);
  if (input === '-') return { uri, bytes: await collect(process.stdin, uri, options) };
  return isHttp(input) ? { uri, bytes: await fetchPicture(addressOf(input), options) } : readFile(input, uri, options);
}

function addressOf(uri: string): URL {
  try {
    return new URL(uri);
  } catch (error) {
    throw new SyntraceError('IMAGE_UNREADABLE', { uri, detail: 'it is not an address' }, error);
  }
}

async function readFile(path: string | URL, uri: string, options: ReadOptions): Promise<EncodedFile> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) throw new SyntraceError('IMAGE_UNREADABLE', { uri, detail: 'it is a folder' });
      // A pipe or device has no size and could go on for ever.
      if (!stat.isFile()) return { uri, bytes: await collect(file.createReadStream(), uri, options) };
      checkBytes(stat.size, uri, options.maxBytes ?? DEFAULT_MAX_BYTES);
      return { uri, bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (SyntraceError.is(error)) throw error;
    throw new SyntraceError('IMAGE_UNREADABLE', { uri, detail: reasonOf(error) }, error);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: string }).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ELOOP') return 'its symbolic links form a loop';
  return error instanceof Error ? error.message : String(error);
}
