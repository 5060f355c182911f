import { type FileFacts, HeaderError } from './facts.js';
import { Reader } from './reader.js';

/** Where the parts of a GIF's first frame lie. */
export interface GifLayout {
  readonly frames: number;
  /** End of header and global colour table. */
  readonly headerEnd: number;
  /** The first frame's graphic control: packed fields and transparent index. */
  readonly control: { readonly packed: number; readonly transparent: number } | undefined;
  /** From the image descriptor to the end of its data. */
  readonly first: { readonly start: number; readonly end: number };
}

/** Walks the blocks. O(blocks) @throws HeaderError */
export function walkGif(bytes: Uint8Array): GifLayout {
  const r = new Reader(bytes);
  const headerEnd = 13 + tableSize(r.u8(10));
  let control: GifLayout['control'];
  let first: GifLayout['first'] | undefined;
  let [at, frames] = [headerEnd, 0];
  while (at < r.length) {
    const kind = r.u8(at);
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      if (r.u8(at + 1) === 0xf9 && !first) control = { packed: r.u8(at + 3), transparent: r.u8(at + 6) };
      at = afterBlocks(r, at + 2);
    } else if (kind === 0x2c) {
      frames++;
      const end = afterBlocks(r, at + 11 + tableSize(r.u8(at + 9)));
      first ??= { start: at, end };
      at = end;
    } else if (first) {
      // Bytes after the first frame that belong to nothing do not touch its pixels.
      break;
    } else throw new HeaderError('corrupt', `no block at byte ${at}`);
  }
  if (!first) throw new HeaderError('truncated', 'it holds no frame');
  return { frames, headerEnd, control, first };
}

export function inspectGif(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  const { frames, control, first } = walkGif(bytes);
  const [width, height] = [r.u16(6, true), r.u16(8, true)];
  const [left, top, frameWidth, frameHeight] = [1, 3, 5, 7].map(offset => r.u16(first.start + offset, true)) as [number, number, number, number];
  if (left + frameWidth > width || top + frameHeight > height) throw new HeaderError('corrupt', 'its first frame is larger than the picture');
  const transparent = ((control?.packed ?? 0) & 1) > 0;
  const bare = frameWidth < width || frameHeight < height;
  return {
    format: 'gif',
    width,
    height,
    jpeg: null,
    stored: { channels: 1, bitDepth: 8, frames, colour: 'palette' },
    alpha: transparent || bare,
    orientation: 1,
    icc: false,
  };
}

const tableSize = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

function afterBlocks(r: Reader, start: number): number {
  let at = start;
  while (at < r.length) {
    const length = r.u8(at);
    at += 1 + length;
    if (length === 0) return at;
  }
  throw new HeaderError('truncated', 'a frame goes on after the end of the file');
}
