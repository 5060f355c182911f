import { type FileFacts, HeaderError } from './facts.js';
import { Reader } from './reader.js';

/** Walks the blocks to count frames. O(blocks) */
export function inspectGif(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  const packed = r.u8(10);
  let at = 13 + tableSize(packed);
  let [frames, alpha] = [0, false];
  while (at < r.length) {
    const kind = r.u8(at);
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      if (r.u8(at + 1) === 0xf9 && frames === 0) alpha = (r.u8(at + 3) & 1) > 0;
      at = afterBlocks(r, at + 2);
    } else if (kind === 0x2c) {
      frames++;
      at = afterBlocks(r, at + 11 + tableSize(r.u8(at + 9)));
    } else throw new HeaderError('corrupt', `no block at byte ${at}`);
  }
  if (frames === 0) throw new HeaderError('truncated', 'it holds no frame');
  return {
    format: 'gif',
    width: r.u16(6, true),
    height: r.u16(8, true),
    jpeg: null,
    stored: { channels: 1, bitDepth: 8, frames, colour: 'palette' },
    alpha,
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
