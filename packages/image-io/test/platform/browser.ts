import manifestJson from '../fixtures/manifest.json';
import type { Manifest } from './types.js';

export * from '../../src/browser/index.js';
export const platform: 'node' | 'browser' = 'browser';
export const manifest = manifestJson as unknown as Manifest;

// Only the names are used: what is in the folders when the tests are built.
const names = { images: import.meta.glob('../fixtures/images/*', { query: '?url' }), refused: import.meta.glob('../fixtures/refused/*', { query: '?url' }) };
export const filesIn = (name: 'images' | 'refused'): string[] => Object.keys(names[name]).map(path => path.slice(path.lastIndexOf('/') + 1)).sort();

export async function readFixture(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(new URL(`../fixtures/${path}`, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
