import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { messageOf, SyntraceError } from '@syntrace/core';
import { parseS3, S3, type S3Options } from './s3.js';

/** Where uploads and residuals lie: a folder that all machines see, or a bucket. Keys are made by this package, never by a client. */
export interface Store {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** @throws IMAGE_UNREADABLE when there is none */
  get(key: string, maxBytes?: number): Promise<Uint8Array>;
  has(key: string): Promise<boolean>;
  /** Removes everything below a key that ends with a slash. */
  removeAll(prefix: string): Promise<void>;
}

export function openStore(place: string, s3: S3Options): Store {
  return place.startsWith('s3://') ? bucketStore(place, new S3(s3)) : folderStore(resolve(place));
}

function folderStore(root: string): Store {
  const file = (key: string) => join(root, ...key.split('/'));
  return {
    async put(key, bytes) {
      const path = file(key);
      const part = `${path}.${process.pid}.part`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(part, bytes, { flush: true });
        // Whoever reads it finds all of it or nothing.
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw new SyntraceError('EXPORT_FAILED', { file: `the store's ${key}`, detail: messageOf(error) }, error);
      }
    },
    async get(key, maxBytes = Number.POSITIVE_INFINITY) {
      try {
        const { size } = await stat(file(key));
        if (size > maxBytes) throw new SyntraceError('IMAGE_TOO_LARGE', { uri: key, detail: `more than ${maxBytes} bytes` });
        return await readFile(file(key));
      } catch (error) {
        throw SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri: key });
      }
    },
    has: key =>
      stat(file(key)).then(
        () => true,
        () => false,
      ),
    removeAll: prefix => rm(file(prefix), { recursive: true, force: true }),
  };
}

function bucketStore(place: string, s3: S3): Store {
  const { bucket, prefix } = parseS3(place.endsWith('/') ? place : `${place}/`);
  return {
    put: (key, bytes) => s3.put(bucket, prefix + key, bytes),
    get: (key, maxBytes = Number.POSITIVE_INFINITY) => s3.get(bucket, prefix + key, maxBytes),
    async has(key) {
      const { objects } = await s3.list(bucket, prefix + key, '');
      return objects.some(object => object.key === prefix + key);
    },
    async removeAll(below) {
      for (let after = ''; ; ) {
        const { objects, more } = await s3.list(bucket, prefix + below, after);
        for (const { key } of objects) await s3.remove(bucket, key);
        if (!more) return;
        after = objects.at(-1)!.key;
      }
    },
  };
}
