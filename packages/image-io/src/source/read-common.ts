import { SyntraceError } from '@syntrace/core';
import { DEFAULT_MAX_BYTES, type ImageInput, type NamedInput, type ReadOptions } from '../options.js';
import { checkBytes, collect } from './collect.js';

export interface EncodedFile {
  readonly uri: string;
  readonly bytes: Uint8Array;
}

export const isNamed = (input: ImageInput): input is NamedInput =>
  typeof input === 'object' && input !== null && 'uri' in input && 'data' in input && !(input instanceof Uint8Array) && !(input instanceof URL);

export const isHttp = (text: string): boolean => /^https?:\/\//i.test(text);

/** What the user calls an input. */
export function nameOf(input: ImageInput): string {
  if (typeof input === 'string') return input;
  if (input instanceof URL) return input.href;
  if (isNamed(input)) return input.uri;
  if (input instanceof Blob) return (input as Partial<File>).name || 'blob';
  if (input instanceof Uint8Array || input instanceof ArrayBuffer) return 'bytes';
  return 'stream';
}

/** Reads what needs no platform: bytes, blobs, streams. */
export async function readInMemory(input: Exclude<ImageInput, string | URL | NamedInput>, uri: string, options: ReadOptions): Promise<EncodedFile> {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  if (input instanceof Uint8Array || input instanceof ArrayBuffer) {
    checkBytes(input.byteLength, uri, maxBytes);
    return { uri, bytes: input instanceof Uint8Array ? input : new Uint8Array(input) };
  }
  if (input instanceof Blob) {
    checkBytes(input.size, uri, maxBytes);
    try {
      return { uri, bytes: new Uint8Array(await input.arrayBuffer()) };
    } catch (error) {
      throw SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri });
    }
  }
  if (typeof input !== 'object' || input === null || !('getReader' in input || Symbol.asyncIterator in input)) {
    throw new SyntraceError('IMAGE_UNREADABLE', {
      uri,
      detail: `expected an address, bytes, a Blob or a stream, received ${input === null ? 'null' : typeof input}`,
    });
  }
  return { uri, bytes: await collect(input, uri, options) };
}
