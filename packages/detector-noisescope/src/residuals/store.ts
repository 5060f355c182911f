import { type Image, sha256 } from '@syntrace/core';
import { EXTRACTION } from './extraction.js';

/** Keeps residuals between runs, by key; made by the host (files in Node). */
export interface ResidualStore {
  get(key: string): Promise<Float32Array | undefined>;
  put(key: string, residual: Float32Array, height: number, width: number): Promise<void>;
}

/** The name of a picture's residual: SHA-256 over extraction parameters, size and samples, so that renamed or re-packed files share it. */
export async function residualKey({ width, height, channels, data }: Image): Promise<string> {
  const head = new TextEncoder().encode(`${JSON.stringify(EXTRACTION)} ${width} ${height} ${channels}\n`);
  const all = new Uint8Array(head.length + data.length);
  all.set(head);
  all.set(data, head.length);
  return sha256(all);
}
