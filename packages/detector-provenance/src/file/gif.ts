import type { Cursor } from './cursor.js';
import { decodeText } from './decode-text.js';
import type { Parts } from './parts.js';

/** Walks the blocks (GIF89a specification): comments, and XMP and C2PA in application extensions. O(file) */
export function scanGif(file: Cursor, parts: Parts): void {
  parts.size = { width: file.u16(6, true), height: file.u16(8, true) };
  let at = 13 + tableSize(file.u8(10));
  while (at + 2 < file.length && parts.part()) {
    const kind = file.u8(at);
    if (kind === 0x21) {
      const label = file.u8(at + 1);
      const end = afterBlocks(file, at + 2);
      if (label === 0xfe) parts.field('gif-comment', 'Comment', decodeText(blocks(file, at + 2, end)));
      else if (label === 0xff && file.startsWith('XMP DataXMP', at + 3)) parts.xmp.push(file.slice(at + 14, Math.max(0, end - at - 14)));
      else if (label === 0xff && file.startsWith('C2PA_GIF', at + 3)) parts.manifests.push(end - at);
      at = end;
    } else if (kind === 0x2c) at = afterBlocks(file, at + 11 + tableSize(file.u8(at + 9)));
    else return;
  }
}

const tableSize = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

function afterBlocks(file: Cursor, start: number): number {
  let at = start;
  while (file.u8(at) > 0) at += 1 + file.u8(at);
  return at + 1;
}

/** The data of length-prefixed blocks, joined. */
function blocks(file: Cursor, start: number, end: number): Uint8Array {
  const all = new Uint8Array(Math.max(0, end - start));
  let filled = 0;
  for (let at = start; at < end - 1; at += 1 + file.u8(at)) {
    const block = file.slice(at + 1, file.u8(at));
    all.set(block, filled);
    filled += block.length;
  }
  return all.subarray(0, filled);
}
