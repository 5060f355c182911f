/** Interleaved samples of 8 bits: 1 (grey), 3 (RGB) or 4 (RGBA, alpha not multiplied in) a pixel. What codecs give and encoders take. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The first channel (grey) or the first three of each pixel. The codecs know no other layout; a plain loop, about 1 ns a pixel. */
export function packChannels({ width, height, data }: Picture, channels: 1 | 3): Uint8Array {
  const pixels = width * height;
  const given = data.length / pixels;
  if (given === channels) return data;
  const packed = new Uint8Array(channels * pixels);
  if (channels === 1) {
    for (let i = 0; i < pixels; i++) packed[i] = data[given * i]!;
    return packed;
  }
  for (let from = 0, to = 0; to < packed.length; from += given, to += 3) {
    packed[to] = data[from]!;
    packed[to + 1] = data[from + 1]!;
    packed[to + 2] = data[from + 2]!;
  }
  return packed;
}

/** RGBA, for canvases and for encoders that take nothing else. */
export function toRgba({ width, height, data }: Picture): Uint8ClampedArray<ArrayBuffer> {
  const pixels = width * height;
  const channels = data.length / pixels;
  const rgba = new Uint8ClampedArray(4 * pixels).fill(255);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < Math.max(3, channels); c++) rgba[4 * i + c] = data[channels * i + (channels === 1 ? 0 : c)]!;
  }
  return rgba;
}

/** The same memory, as bytes. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
