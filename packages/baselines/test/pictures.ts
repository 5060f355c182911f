import type { Image } from '@syntrace/core';

/** The picture of scripts/make-fixtures.py. */
export function formulaPicture(width: number, height: number): Image {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / (3 * width)), i % 3];
    return (7 * x + 13 * y + 50 * c + ((x * y) % 31)) % 256;
  });
  return {
    width,
    height,
    channels: 3,
    data,
    source: {
      uri: 'formula.png',
      format: 'raw',
      bytes: 0,
      decoder: 'none',
      jpeg: null,
      stored: { channels: 3, bitDepth: 8, frames: 1, colour: 'rgb' },
      orientation: 1,
      icc: false,
      encoded: null,
    },
    warnings: [],
  };
}
