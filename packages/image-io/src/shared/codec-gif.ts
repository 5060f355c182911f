import { GifReader } from 'omggif';
import { firstGifFrame } from './gif-frame.js';
import type { Picture } from './picture.js';

/** The first frame on a zeroed canvas; what it leaves transparent stays 0, 0, 0. The same decoder on every platform: libnsgif, which
 *  sharp brings, fills the missing part of a damaged frame without a word. @throws Error */
export function decodeGif(bytes: Uint8Array): Picture {
  const reader = new GifReader(firstGifFrame(bytes));
  const { width, height } = reader;
  const data = new Uint8Array(4 * width * height);
  reader.decodeAndBlitFrameRGBA(0, data);
  return { width, height, data };
}
