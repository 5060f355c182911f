import { Cursor } from '../file/cursor.js';
import type { Parts } from '../file/parts.js';

const IPTC = 0x0404;
const XMP = 0x0424;

/** Photoshop image resources: `8BIM`, a number, a Pascal string, a length (Adobe Photoshop file format specification). */
export function readPhotoshop(block: Uint8Array, parts: Parts): void {
  const file = new Cursor(block);
  let at = 0;
  while (at + 12 <= file.length && file.startsWith('8BIM', at) && parts.part()) {
    const id = file.u16(at + 4);
    const name = file.u8(at + 6);
    const start = at + 6 + even(1 + name);
    if (start + 4 > file.length) return;
    const length = file.u32(start);
    if (start + 4 + length > file.length) {
      parts.findings.add('FILE_LENGTH_IMPOSSIBLE', 'a Photoshop resource is longer than its segment');
      return;
    }
    const data = file.slice(start + 4, length);
    if (id === IPTC) parts.iptc.push(data);
    else if (id === XMP) parts.xmp.push(data);
    at = start + 4 + even(length);
  }
}

const even = (length: number): number => length + (length & 1);
