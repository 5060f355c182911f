import type { DecodeEmbedded } from '@syntrace/core';
import { decode } from '@syntrace/image-io';

/** Thumbnails have 0.02 megapixels, previews in maker notes up to two. */
const MOST_PIXELS = 1 << 22;

/** Pictures inside a file, by the exact decoders of either platform. */
export const decodeEmbedded: DecodeEmbedded = data => decode({ uri: 'the embedded picture', data }, { maxPixels: MOST_PIXELS });
