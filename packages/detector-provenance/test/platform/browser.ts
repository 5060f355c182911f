/// <reference types="vite/client" />
import type { LoadAsset } from '@syntrace/core';

export const platform = 'Chromium';
const files = import.meta.glob<string>('../fixtures/*.{png,jpg,webp,avif,heic,tif,gif}', { query: '?url', import: 'default', eager: true });

export const loadAsset: LoadAsset = async url => new Uint8Array(await (await fetch(url)).arrayBuffer());
export async function fixture(name: string): Promise<Uint8Array> {
  const address = files[`../fixtures/${name}`];
  if (!address) throw new Error(`there is no fixture ${name}`);
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
}
