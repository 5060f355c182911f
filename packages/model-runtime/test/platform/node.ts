/// <reference types="node" />
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createModels } from '../../src/node.js';

/** A file of test/fixtures. */
export const fixture = async (name: string): Promise<Uint8Array> => new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));

/** The files of a folder of test/fixtures/saved-model, by their path in it. */
export async function folder(name: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const place = join(import.meta.dirname, '../fixtures/saved-model', name);
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter(path => statSync(join(place, path)).isFile());
  return new Map(files.map(path => [path, new Uint8Array(readFileSync(join(place, path)))]));
}

/** The provider that `auto` takes here. */
export const AUTO = 'cpu';
export const models = (maxBytes?: number) => createModels(maxBytes === undefined ? {} : { maxBytes });
