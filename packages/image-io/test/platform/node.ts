// What the shared tests need of Node; the chromium project takes browser.ts in its place.
import { readdirSync, readFileSync } from 'node:fs';
import type { Manifest } from './types.js';

export * from '../../src/node/index.js';
export const platform: 'node' | 'browser' = 'node';

const folder = new URL('../fixtures/', import.meta.url);
export const manifest: Manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));
export const filesIn = (name: 'images' | 'refused'): string[] => readdirSync(new URL(`${name}/`, folder)).sort();
export const readFixture = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(readFileSync(new URL(path, folder)));
