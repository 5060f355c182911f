import magick from '@imagemagick/magick-wasm/magick.wasm?url';
import type { Image } from '@syntrace/core';
import { type DecodeOptions, decode } from '@syntrace/image-io';
import { avifCodec } from '@syntrace/image-io/avif';
import type { Named } from '../engine/protocol.js';

/** AVIF's decoder is large: it is fetched with the first such picture. */
export const CODECS = [avifCodec(new URL(magick, import.meta.url))];

/** @throws the IMAGE_ errors and ABORTED */
export const decodeNamed = ({ name, file }: Named, options: DecodeOptions = {}): Promise<Image> =>
  decode({ uri: name, data: file }, { codecs: CODECS, ...options });
