import { GifReader } from 'omggif';
import type { Samples } from './assemble.js';
import { firstGifFrame } from './gif-frame.js';
import { packChannels } from './raster.js';

/** The first frame on a zeroed canvas; what it leaves transparent stays 0, 0, 0. The same decoder on every platform: libnsgif, which
 *  sharp brings, fills the missing part of a damaged frame without a word. @throws Error */
export function decodeGif(bytes: Uint8Array): Samples {
  const reader = new GifReader(firstGifFrame(bytes));
  const { width, height } = reader;
  const rgba = new Uint8Array(4 * width * height);
  reader.decodeAndBlitFrameRGBA(0, rgba);
  return { width, height, channels: 3, data: packChannels(rgba, 3), decoder: 'omggif 1.0' };
}
