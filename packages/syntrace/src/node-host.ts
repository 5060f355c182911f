import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Host, LoadAsset, Logger } from '@syntrace/core';
import type { DecodeOptions } from '@syntrace/image-io';
import { decodeEmbedded } from './decode-embedded.js';
import { decodeInput, type Input, nameOfInput } from './input.js';
import { lazyLearners } from './learners.js';
import { lazyModels } from './models.js';

export type NodeHostOptions = Omit<DecodeOptions, 'signal' | 'keepEncoded'> & { readonly logger?: Logger };

const silent: Logger = { debug() {}, info() {}, warn() {} };

/** The platform as Node gives it: sharp, files, cores. */
export const nodeHost = ({ logger = silent, ...decoding }: NodeHostOptions = {}): Host<Input> => ({
  decode: (source, options) => decodeInput(source, { ...decoding, ...options }),
  nameOf: nameOfInput,
  decodeEmbedded,
  loadAsset: loadNodeAsset,
  logger,
  learners: lazyLearners(),
  models: lazyModels(),
  cores: availableParallelism(),
});

/** Files beside a plugin, and `data:` and `https:` weights. */
export const loadNodeAsset: LoadAsset = async url => (url.protocol === 'file:' ? readFile(fileURLToPath(url)) : fetchBytes(url));

async function fetchBytes(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
