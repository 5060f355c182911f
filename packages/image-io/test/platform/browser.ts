import { inject } from 'vitest';
import type { Manifest } from './types.js';

export * from '../../src/browser/index.js';
export const platform: 'node' | 'browser' = 'browser';

// A page cannot list folders: vitest.config.ts reads their names, and serves the files.
const { manifest: entries, images, refused } = inject('fixtures');
export const manifest: Manifest = entries;
export const filesIn = (name: 'images' | 'refused'): string[] => ({ images, refused })[name];

export async function readFixture(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`/fixtures/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
