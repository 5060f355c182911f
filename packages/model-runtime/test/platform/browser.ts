/// <reference types="vite/client" />
import { createModels } from '../../src/browser.js';

const files = import.meta.glob<string>('../fixtures/*.{pth,ckpt,safetensors}', { query: '?url', import: 'default', eager: true });

/** A file of test/fixtures, as the test server gives it. */
export async function fixture(name: string): Promise<Uint8Array> {
  const address = files[`../fixtures/${name}`];
  if (!address) throw new Error(`there is no fixture ${name}`);
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
}

const folders = import.meta.glob<string>('../fixtures/saved-model/**/*.{pb,index,data-00000-of-00001}', { query: '?url', import: 'default', eager: true });

/** The files of a folder of test/fixtures/saved-model, by their path in it. */
export async function folder(name: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const start = `../fixtures/saved-model/${name}/`;
  const found = Object.entries(folders).filter(([path]) => path.startsWith(start));
  const read = found.map(async ([path, address]) => [path.slice(start.length), new Uint8Array(await (await fetch(address)).arrayBuffer())] as const);
  return new Map(await Promise.all(read));
}

/** The provider that `auto` takes here: there is no card, so no WebGPU. */
export const AUTO = 'wasm';
export const models = (maxBytes?: number) => createModels(maxBytes === undefined ? {} : { maxBytes });
