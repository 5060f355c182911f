import { GifReader } from 'omggif';
import { firstGifFrame } from './gif-frame.js';
import type { Raster } from './raster.js';

/** The first frame on a transparent, zeroed canvas. @throws Error */
export function decodeGif(bytes: Uint8Array): Raster {
  const reader = new GifReader(firstGifFrame(bytes));
  const rgba = new Uint8Array(4 * reader.width * reader.height);
  reader.decodeAndBlitFrameRGBA(0, rgba);
  return { width: reader.width, height: reader.height, rgba };
}
