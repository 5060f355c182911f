/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { createModels } from '../../src/node.js';

/** A file of test/fixtures. */
export const fixture = async (name: string): Promise<Uint8Array> => new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));

/** The provider that `auto` takes here. */
export const AUTO = 'cpu';
export const models = (maxBytes?: number) => createModels(maxBytes === undefined ? {} : { maxBytes });
