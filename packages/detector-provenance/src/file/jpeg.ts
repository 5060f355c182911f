import type { Cursor } from './cursor.js';
import { decodeText } from './decode-text.js';
import type { Parts } from './parts.js';

const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const XMP_MORE = 'http://ns.adobe.com/xmp/extension/\0';

/** Walks the segments up to the first scan (ITU-T T.81 annex B). O(segments) */
export function scanJpeg(file: Cursor, parts: Parts): void {
  const manifests = new Map<number, number>();
  const more: Uint8Array[] = [];
  let at = 2;
  while (at + 4 <= file.length && parts.part()) {
    if (file.u8(at) !== 0xff) {
      parts.findings.add('FILE_LENGTH_IMPOSSIBLE', `no marker at byte ${at}`);
      break;
    }
    const marker = file.u8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = file.u16(at + 2);
    if (length < 2) {
      parts.findings.add('FILE_LENGTH_IMPOSSIBLE', `a segment of ${length} bytes at byte ${at}`);
      break;
    }
    readSegment(file, parts, marker, file.slice(at + 4, length - 2), at + 4, more, manifests);
    at += 2 + length;
  }
  if (more.length > 0) parts.xmp.push(joined(more));
  parts.manifests.push(...manifests.values());
}

function readSegment(file: Cursor, parts: Parts, marker: number, body: Uint8Array, at: number, more: Uint8Array[], manifests: Map<number, number>): void {
  const starts = (text: string) => file.startsWith(text, at);
  if (isFrame(marker) && body.length >= 5) parts.size = { height: file.u16(at + 1), width: file.u16(at + 3) };
  else if (marker === 0xdb) readTables(body, parts);
  else if (marker === 0xfe) parts.field('jpeg-comment', 'Comment', decodeText(body));
  else if (marker === 0xe1 && starts('Exif\0')) parts.exif.push(body.subarray(6));
  else if (marker === 0xe1 && starts(XMP)) parts.xmp.push(body.subarray(XMP.length));
  else if (marker === 0xe1 && starts(XMP_MORE)) more.push(body.subarray(XMP_MORE.length + 40));
  else if (marker === 0xed && starts('Photoshop 3.0\0')) parts.photoshop.push(body.subarray(14));
  else if (marker === 0xeb && starts('JP')) readJumbf(file, body, at, manifests);
  else if (marker >= 0xe0 && marker <= 0xef && body[0] === 0x7b) parts.field('jpeg-app', `APP${marker - 0xe0}`, decodeText(body));
}

/** JUMBF in APP11 (ISO/IEC 19566-5 annex D): box instance and packet number, then the box header again in each packet. */
function readJumbf(file: Cursor, body: Uint8Array, at: number, manifests: Map<number, number>): void {
  if (body.length < 16 || !file.startsWith('jumb', at + 12)) return;
  const instance = file.u16(at + 2);
  const isFirst = file.u32(at + 4) === 1;
  if (isFirst && !file.text(at + 16, 64).includes('c2pa')) return;
  if (isFirst || manifests.has(instance)) manifests.set(instance, (manifests.get(instance) ?? 0) + body.length);
}

/** SOF0…SOF15 without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readTables(body: Uint8Array, parts: Parts): void {
  if (body.length > 0) parts.tableSegments.set(body[0]! & 15, body);
  for (let at = 0; at < body.length; ) {
    const header = body[at++]!;
    const wide = header >> 4 > 0;
    const size = wide ? 128 : 64;
    if (at + size > body.length) return;
    const table = Array.from({ length: 64 }, (_, i) => (wide ? (body[at + 2 * i]! << 8) | body[at + 2 * i + 1]! : body[at + i]!));
    parts.tables.set(header & 15, table);
    at += size;
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
