import { readFile } from 'node:fs/promises';
import { type Image, SyntraceError } from '@syntrace/core';
import { type DecodeOptions, decode } from '@syntrace/image-io';
import { hashOf } from '../hash.js';

/** A decoded file with the SHA-256 of its bytes, read once. @throws the IMAGE_ errors */
export async function readPicture(path: string, limits: DecodeOptions = {}): Promise<{ readonly image: Image; readonly hash: string }> {
  const data = await readFile(path).catch((error: unknown) => {
    throw SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri: path });
  });
  return { image: await decode({ uri: path, data }, limits), hash: hashOf(data) };
}
