import { LIMITS } from '../limits.js';
import { itemsOf } from './bmff-items.js';
import { type Box, boxes } from './boxes.js';
import type { Cursor } from './cursor.js';
import type { Parts } from './parts.js';

const C2PA = 'd8fec3d61b0e483c92975828877ec481';
const XMP = 'be7acfcb97a942e89c71999491e3afac';
/** Boxes that hold boxes, with the bytes before the first (version and flags, if any). */
const NESTED: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 };

/** Walks the boxes of AVIF and HEIF (ISO/IEC 14496-12): manifests and XMP in `uuid`, EXIF and XMP items of `meta`. O(boxes) */
export function scanBmff(file: Cursor, parts: Parts): void {
  walk(file, parts, 0, file.length, 0);
  for (const { type, mime, data } of itemsOf(file, parts)) {
    // Offset of the TIFF header after these four bytes (ISO/IEC 23008-12 A.2.1).
    if (type === 'Exif' && data.length > 4) parts.exif.push(data.subarray(4 + offsetIn(data)));
    else if (type === 'mime' && mime === 'application/rdf+xml') parts.xmp.push(data);
  }
}

function offsetIn(data: Uint8Array): number {
  return ((data[0]! << 24) | (data[1]! << 16) | (data[2]! << 8) | data[3]!) >>> 0;
}

function walk(file: Cursor, parts: Parts, start: number, end: number, depth: number): void {
  if (depth > LIMITS.depth) {
    parts.findings.add('FILE_TOO_DEEP', `boxes are nested more than ${LIMITS.depth} deep`);
    return;
  }
  for (const box of boxes(file, parts, start, end)) {
    const before = NESTED[box.name];
    if (before !== undefined) walk(file, parts, box.start + before, box.end, depth + 1);
    else if (box.name === 'ispe') keepSize(file, parts, box.start);
    else if (box.name === 'uuid' && depth === 0) readUuid(file, parts, box);
  }
}

/** The largest item is the whole picture. */
function keepSize(file: Cursor, parts: Parts, at: number): void {
  const [width, height] = [file.u32(at + 4), file.u32(at + 8)];
  if (width * height > (parts.size?.width ?? 0) * (parts.size?.height ?? 0)) parts.size = { width, height };
}

function readUuid(file: Cursor, parts: Parts, { start, end }: Box): void {
  if (start + 16 > end) return;
  const id = Array.from(file.slice(start, 16), byte => byte.toString(16).padStart(2, '0')).join('');
  if (id === XMP) parts.xmp.push(file.slice(start + 16, end - start - 16));
  // Version and flags, then a word for the purpose; `merkle` boxes hold hashes, no manifest.
  else if (id === C2PA && file.startsWith('manifest\0', start + 20)) parts.manifests.push(end - start);
}
