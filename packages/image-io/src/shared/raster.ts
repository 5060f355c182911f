/** What a codec gives: interleaved RGBA of 8 bits, alpha not multiplied in. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** Cuts RGBA down to its first (grey) or first three channels. The codecs know no other layout; a plain loop, about 1 ns a pixel.
 *  @param rgba `4 · pixels` samples  @returns `channels · pixels` samples */
export function packChannels(rgba: Uint8Array | Uint8ClampedArray, channels: 1 | 3): Uint8Array {
  const pixels = rgba.length / 4;
  const packed = new Uint8Array(channels * pixels);
  if (channels === 1) {
    for (let i = 0; i < pixels; i++) packed[i] = rgba[4 * i]!;
    return packed;
  }
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    packed[to] = rgba[from]!;
    packed[to + 1] = rgba[from + 1]!;
    packed[to + 2] = rgba[from + 2]!;
  }
  return packed;
}

/** 1, 3 or 4 channels to RGBA, for encoders that take nothing else. */
export function toRgba(data: Uint8Array, pixels: number): Uint8ClampedArray<ArrayBuffer> {
  const channels = data.length / pixels;
  const rgba = new Uint8ClampedArray(4 * pixels).fill(255);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < Math.max(3, channels); c++) rgba[4 * i + c] = data[channels * i + (channels === 1 ? 0 : c)]!;
  }
  return rgba;
}
