import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOf } from '../formats/npy.js';
import { GrowingFile } from '../formats/split-writer.js';
import type { Features } from './options.js';
import type { Values } from './transform.js';

/** Bytes kept at most; pictures beyond are decoded again. */
const MOST_BYTES = 32 * 2 ** 30;
/** A hash in hexadecimal, or blanks for a picture that is not kept: it failed, or there was no room. */
const RECORD = 64;
const NOT_KEPT = ' '.repeat(RECORD);

const filesIn = (folder: string) => ({ values: join(folder, 'cache.values'), hashes: join(folder, 'cache.hashes') });

/** Keeps the unnormalised values of training pictures between the two passes, so that none is decoded twice. */
export interface FeatureCache {
  add(hash: string, values: Values): Promise<void>;
  /** A picture that failed. */
  skip(): Promise<void>;
  /** After this, what was added survives a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the cache after `taken` pictures. Where an interrupted run left less than that, nothing more is kept: those pictures are decoded again. */
export async function growCache(folder: string, taken: number, bytesPerPicture: number): Promise<FeatureCache | null> {
  const { values, hashes } = filesIn(folder);
  const known = await recordsOf(hashes);
  if (known.length < taken) return null;
  const kept = known.slice(0, taken).filter(record => record !== NOT_KEPT).length;
  if (((await stat(values).catch(() => null))?.size ?? 0) < kept * bytesPerPicture) return null;
  const [valueFile, hashFile] = [await GrowingFile.open(values, kept * bytesPerPicture), await GrowingFile.open(hashes, taken * RECORD)];
  return {
    async add(hash, { data }) {
      const room = valueFile.length + data.byteLength <= MOST_BYTES;
      if (room) await valueFile.append(bytesOf(data));
      await hashFile.append(Buffer.from(room ? hash : NOT_KEPT));
    },
    skip: () => hashFile.append(Buffer.from(NOT_KEPT)),
    async sync() {
      await valueFile.sync();
      await hashFile.sync();
    },
    async close() {
      await valueFile.close();
      await hashFile.close();
    },
  };
}

/** What is kept of the picture of this index, or `null`. */
export interface CachedFeatures {
  read(index: number): Promise<{ readonly hash: string; readonly data: Float32Array | Float64Array } | null>;
  close(): Promise<void>;
}

/** Opens the cache for reading; `null` where there is none. O(pictures) memory */
export async function openCache(folder: string, { precision }: Features, bytesPerPicture: number): Promise<CachedFeatures | null> {
  const { values, hashes } = filesIn(folder);
  const file = await open(values, 'r').catch(() => null);
  if (!file) return null;
  const records = await recordsOf(hashes);
  const room = Math.floor((await file.stat()).size / bytesPerPicture);
  let kept = 0;
  const places = records.map(record => (record === NOT_KEPT || kept === room ? null : kept++));
  return {
    async read(index) {
      const place = places[index] ?? null;
      if (place === null) return null;
      const bytes = new Uint8Array(bytesPerPicture);
      await file.read(bytes, 0, bytesPerPicture, place * bytesPerPicture);
      return { hash: records[index]!, data: precision === 'f64' ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer) };
    },
    close: () => file.close(),
  };
}

export async function removeCache(folder: string): Promise<void> {
  for (const file of Object.values(filesIn(folder))) await rm(file, { force: true });
}

async function recordsOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'latin1').catch(() => '');
  return Array.from({ length: Math.floor(text.length / RECORD) }, (_, i) => text.slice(i * RECORD, (i + 1) * RECORD));
}
