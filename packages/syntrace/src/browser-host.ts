import type { Host, LoadAsset, Logger } from '@syntrace/core';
import type { DecodeOptions } from '@syntrace/image-io';
import { decodeEmbedded } from './decode-embedded.js';
import { decodeInput, type Input, nameOfInput } from './input.js';

export type BrowserHostOptions = Omit<DecodeOptions, 'signal' | 'keepEncoded'> & {
  readonly logger?: Logger;
  /** What runs models: `createModels()` of @syntrace/model-runtime, which needs onnxruntime-web installed. A page without it pays nothing for it. */
  readonly models?: Host<Input>['models'];
};

const silent: Logger = { debug() {}, info() {}, warn() {} };

/** The platform as a browser gives it: WASM codecs, fetch, cores. */
export const browserHost = ({ logger = silent, models, ...decoding }: BrowserHostOptions = {}): Host<Input> => ({
  decode: (source, options) => decodeInput(source, { ...decoding, ...options }),
  nameOf: nameOfInput,
  decodeEmbedded,
  loadAsset: loadBrowserAsset,
  logger,
  ...(models && { models }),
  cores: globalThis.navigator?.hardwareConcurrency ?? 1,
});

/** Files beside a plugin, as the page's server gives them. */
export const loadBrowserAsset: LoadAsset = async url => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};
