/// <reference types="vite/client" />
import { createModels } from '../../src/browser.js';

const files = import.meta.glob<string>('../fixtures/*.{pth,ckpt,safetensors}', { query: '?url', import: 'default', eager: true });

/** A file of test/fixtures, as the test server gives it. */
export async function fixture(name: string): Promise<Uint8Array> {
  const address = files[`../fixtures/${name}`];
  if (!address) throw new Error(`there is no fixture ${name}`);
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
}

/** The provider that `auto` takes here: there is no card, so no WebGPU. */
export const AUTO = 'wasm';
export const models = (maxBytes?: number) => createModels(maxBytes === undefined ? {} : { maxBytes });
