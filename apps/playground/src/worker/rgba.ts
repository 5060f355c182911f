import type { Image } from '@syntrace/core';
import type { Drawing } from '../engine/protocol.js';

/** Samples for a canvas. */
export function rgbaOf({ width, height, channels, data }: Pick<Image, 'width' | 'height' | 'channels' | 'data'>): Drawing {
  const rgba = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[channels * i + (channels === 1 ? 0 : c)]!;
  return { width, height, data: rgba };
}
