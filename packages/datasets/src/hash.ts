import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SyntraceError } from '@syntrace/core';
import { mapAhead } from './run/map-ahead.js';

/** SHA-256 of bytes, hexadecimal. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** SHA-256 of a file, read in pieces. @throws IMAGE_UNREADABLE */
export async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri: path });
  }
  return hash.digest('hex');
}

/** What hashing of many files needs and tells. */
export interface HashOptions {
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Hashes in the order of the paths; `null` for a file that cannot be read. O(paths) */
export async function contentHashes(paths: readonly string[], { concurrency = 4, signal, onProgress }: HashOptions = {}): Promise<readonly (string | null)[]> {
  const hashes: (string | null)[] = [];
  for await (const hash of mapAhead(paths, concurrency, path => contentHash(path).catch(() => null), signal)) {
    hashes.push(hash);
    onProgress?.(hashes.length, paths.length);
  }
  return hashes;
}
