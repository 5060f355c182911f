import type { Cursor } from './cursor.js';
import { decodeText } from './decode-text.js';
import type { Parts } from './parts.js';

/** Walks the chunks (PNG specification, third edition, §5). Text may stand after the pixels too. O(chunks) */
export function scanPng(file: Cursor, parts: Parts): void {
  const pixels: Uint8Array[] = [];
  if (file.startsWith('IHDR', 12)) readHeader(file, parts, pixels);
  let at = 8;
  while (at + 12 <= file.length && parts.part()) {
    const length = file.u32(at);
    const name = file.text(at + 4, 4);
    if (at + 12 + length > file.length) {
      parts.findings.add('FILE_TRUNCATED', `chunk ${printable(name)} goes on after the end of the file`);
      return;
    }
    if (name === 'IEND') return;
    if (name === 'IDAT') pixels.push(file.slice(at + 8, length));
    else readChunk(name, file.slice(at + 8, length), parts);
    at += 12 + length;
  }
}

function readHeader(file: Cursor, parts: Parts, data: readonly Uint8Array[]): void {
  const size = { width: file.u32(16), height: file.u32(20) };
  parts.size = size;
  const isRgba = file.u8(24) === 8 && file.u8(25) === 6 && file.u8(28) === 0;
  if (isRgba && size.width > 0 && size.height > 0) parts.alpha = { ...size, data };
}

function readChunk(name: string, data: Uint8Array, parts: Parts): void {
  if (name === 'tEXt' || name === 'zTXt') {
    const [keyword, rest] = cut(data, 0);
    if (name === 'tEXt') readText(keyword, rest, parts);
    else if (rest[0] === 0) parts.packed.push({ place: 'png-text', name: keyword, data: rest.subarray(1) });
  } else if (name === 'iTXt') readInternational(data, parts);
  else if (name === 'eXIf') parts.exif.push(data);
  else if (name === 'caBX') parts.manifests.push(data.length);
}

function readText(keyword: string, value: Uint8Array, parts: Parts): void {
  if (keyword === 'XML:com.adobe.xmp') parts.xmp.push(value);
  else parts.field('png-text', keyword, decodeText(value));
}

/** Keyword, packed?, method, language, translated keyword, text. */
function readInternational(data: Uint8Array, parts: Parts): void {
  const [keyword, rest] = cut(data, 0);
  const [packed, method] = [rest[0] ?? 0, rest[1] ?? 0];
  const [, afterLanguage] = cut(rest, 2);
  const [, text] = cut(afterLanguage, 0);
  if (packed === 0) readText(keyword, text, parts);
  else if (method === 0) parts.packed.push({ place: keyword === 'XML:com.adobe.xmp' ? 'xmp' : 'png-text', name: keyword, data: text });
}

/** Latin-1 up to the next zero byte, and what follows it. */
function cut(data: Uint8Array, from: number): [text: string, rest: Uint8Array] {
  const end = data.indexOf(0, from);
  if (end < 0) return ['', data.subarray(data.length)];
  return [new TextDecoder('latin1').decode(data.subarray(from, Math.min(end, from + 80))), data.subarray(end + 1)];
}

const printable = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?');
