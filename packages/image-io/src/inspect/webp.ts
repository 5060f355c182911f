import { type FileFacts, HeaderError } from './facts.js';
import { Reader } from './reader.js';
import { orientationOf } from './tiff.js';

const MAX_CHUNKS = 100_000;

/** Walks the RIFF chunks; frames and EXIF come after the pixels. */
export function inspectWebp(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  let size: { width: number; height: number } | undefined;
  let frame: { width: number; height: number } | undefined;
  let [alpha, icc, frames, orientation] = [false, false, 0, 1];
  let at = 12;
  for (let chunks = 0; chunks < MAX_CHUNKS && at + 8 <= r.length; chunks++) {
    const name = r.text(at, 4);
    const length = r.u32(at + 4, true);
    const body = at + 8;
    if (name === 'VP8X') {
      alpha = (r.u8(body) & 0x10) > 0;
      icc = (r.u8(body) & 0x20) > 0;
      size = { width: r.u24le(body + 4) + 1, height: r.u24le(body + 7) + 1 };
    } else if (name === 'VP8 ') {
      if (r.u24le(body + 3) !== 0x2a019d) throw new HeaderError('corrupt', 'the VP8 frame has no start code');
      frame ??= { width: r.u16(body + 6, true) & 0x3fff, height: r.u16(body + 8, true) & 0x3fff };
    } else if (name === 'VP8L') {
      const packed = r.u32(body + 1, true);
      frame ??= { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
      alpha ||= ((packed >>> 28) & 1) > 0;
    } else if (name === 'ANMF') {
      if (++frames === 1 && size && !fits(r, body, size)) throw new HeaderError('corrupt', 'its first frame is larger than the picture');
    } else if (name === 'EXIF') orientation = orientationOf(exifBlock(bytes.subarray(body, body + length)));
    at = body + length + (length & 1);
  }
  if (size && frame && (size.width !== frame.width || size.height !== frame.height)) throw new HeaderError('corrupt', 'its two headers give different sizes');
  size ??= frame;
  if (!size) throw new HeaderError('truncated', 'no picture chunk');
  return {
    format: 'webp',
    ...size,
    jpeg: null,
    stored: { channels: alpha ? 4 : 3, bitDepth: 8, frames: Math.max(1, frames), colour: 'rgb' },
    alpha,
    orientation,
    icc,
  };
}

/** Offsets are stored halved, sizes less one. */
const fits = (r: Reader, body: number, { width, height }: { width: number; height: number }): boolean =>
  2 * r.u24le(body) + r.u24le(body + 6) + 1 <= width && 2 * r.u24le(body + 3) + r.u24le(body + 9) + 1 <= height;

/** Some writers keep JPEG's `Exif\0\0` in front. */
const exifBlock = (block: Uint8Array): Uint8Array => (block[0] === 0x45 ? block.subarray(6) : block);
