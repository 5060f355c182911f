/// <reference types="node" />
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { LoadAsset } from '@syntrace/core';

export const platform = 'Node';
const folder = new URL('../fixtures/', import.meta.url);

export const loadAsset: LoadAsset = url => readFile(fileURLToPath(url));
export const fixture = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(name, folder)));
