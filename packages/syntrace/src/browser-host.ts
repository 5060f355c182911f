import type { Host, LoadAsset, Logger } from '@syntrace/core';
import { type DecodeOptions, decode, type ImageInput, nameOf } from '@syntrace/image-io';
import { decodeEmbedded } from './decode-embedded.js';

export type BrowserHostOptions = Omit<DecodeOptions, 'signal' | 'keepEncoded'> & { readonly logger?: Logger };

const silent: Logger = { debug() {}, info() {}, warn() {} };

/** The platform as a browser gives it: WASM codecs, fetch, cores. */
export const browserHost = ({ logger = silent, ...decoding }: BrowserHostOptions = {}): Host<ImageInput> => ({
  decode: (source, options) => decode(source, { ...decoding, ...options }),
  nameOf,
  decodeEmbedded,
  loadAsset: loadBrowserAsset,
  logger,
  cores: globalThis.navigator?.hardwareConcurrency ?? 1,
});

/** Files beside a plugin, as the page's server gives them. */
export const loadBrowserAsset: LoadAsset = async url => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};
