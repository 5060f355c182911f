import type { Cursor } from './cursor.js';
import type { Parts } from './parts.js';

/** Walks the RIFF chunks; metadata comes after the pixels (WebP container specification). O(chunks) */
export function scanWebp(file: Cursor, parts: Parts): void {
  let at = 12;
  while (at + 8 <= file.length && parts.part()) {
    const name = file.text(at, 4);
    const length = file.u32(at + 4, true);
    if (at + 8 + length > file.length) {
      parts.findings.add('FILE_TRUNCATED', 'a chunk goes on after the end of the file');
      return;
    }
    const data = file.slice(at + 8, length);
    if (name === 'VP8X') parts.size = { width: (file.u32(at + 12, true) & 0xffffff) + 1, height: (file.u32(at + 14, true) >>> 8) + 1 };
    else if (name === 'VP8 ') parts.size ??= { width: file.u16(at + 14, true) & 0x3fff, height: file.u16(at + 16, true) & 0x3fff };
    else if (name === 'VP8L') parts.size ??= lossless(file.u32(at + 9, true));
    // Some writers keep JPEG's `Exif\0\0` in front.
    else if (name === 'EXIF') parts.exif.push(file.startsWith('Exif\0', at + 8) ? data.subarray(6) : data);
    else if (name === 'XMP ') parts.xmp.push(data);
    else if (name === 'C2PA') parts.manifests.push(length);
    at += 8 + length + (length & 1);
  }
}

const lossless = (packed: number) => ({ width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 });
