import { LIMITS } from '../limits.js';
import { boxes } from './boxes.js';
import type { Cursor } from './cursor.js';
import type { Parts } from './parts.js';

export interface Item {
  readonly type: string;
  readonly mime: string;
  readonly data: Uint8Array;
}

/** Metadata items: `iinf` names them, `iloc` says where they lie (ISO/IEC 14496-12 §8.11). Pixels are not touched. */
export function* itemsOf(file: Cursor, parts: Parts): Generator<Item> {
  for (const meta of boxes(file, parts, 0, file.length)) {
    if (meta.name !== 'meta') continue;
    const inside = [...boxes(file, parts, meta.start + 4, meta.end)];
    const [names, places, idat] = ['iinf', 'iloc', 'idat'].map(name => inside.find(box => box.name === name));
    if (!names || !places) continue;
    const wanted = namesOf(file, parts, names.start, names.end);
    for (const { id, method, base, extents } of placesOf(file, parts, places.start)) {
      const item = wanted.get(id);
      // Only one piece: metadata is never written in several.
      const extent = extents[0];
      if (!item || !extent || extents.length > 1) continue;
      const from = (method === 1 ? (idat?.start ?? file.length) : 0) + base + extent.offset;
      if (extent.length > LIMITS.text) parts.findings.add('TEXT_TOO_LONG', `a metadata item of ${extent.length} bytes was not read`);
      else if (from + extent.length > file.length) parts.findings.add('FILE_TRUNCATED', 'a metadata item lies after the end of the file');
      else yield { ...item, data: file.slice(from, extent.length) };
    }
  }
}

function namesOf(file: Cursor, parts: Parts, start: number, end: number): Map<number, { type: string; mime: string }> {
  const names = new Map<number, { type: string; mime: string }>();
  for (const entry of boxes(file, parts, start + (file.u8(start) === 0 ? 6 : 8), end)) {
    const version = file.u8(entry.start);
    if (entry.name !== 'infe' || version < 2) continue;
    const wide = version === 3 ? 2 : 0;
    const id = wide > 0 ? file.u32(entry.start + 4) : file.u16(entry.start + 4);
    const type = file.text(entry.start + 8 + wide, 4);
    if (type !== 'Exif' && type !== 'mime') continue;
    // A name and the content type, each ended by a zero.
    const [, mime = ''] = file.text(entry.start + 12 + wide, Math.min(256, entry.end - entry.start)).split('\0');
    names.set(id, { type, mime });
  }
  return names;
}

interface ItemPlace {
  readonly id: number;
  /** 0: offsets in the file; 1: in `idat`. */
  readonly method: number;
  readonly base: number;
  readonly extents: readonly { readonly offset: number; readonly length: number }[];
}

function* placesOf(file: Cursor, parts: Parts, start: number): Generator<ItemPlace> {
  const version = file.u8(start);
  const sizes = file.u16(start + 4);
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version > 0 ? sizes & 15 : 0];
  let at = start + 6;
  const read = (bytes: number): number => {
    const value = bytes === 8 ? file.u64(at) : bytes === 4 ? file.u32(at) : bytes === 2 ? file.u16(at) : 0;
    at += bytes;
    return value;
  };
  const count = read(version < 2 ? 2 : 4);
  for (let i = 0; i < count && parts.part(); i++) {
    const id = read(version < 2 ? 2 : 4);
    const method = version > 0 ? read(2) & 15 : 0;
    read(2);
    const base = read(baseSize);
    const extents: { offset: number; length: number }[] = [];
    for (let left = read(2); left > 0 && parts.part(); left--) {
      read(indexSize);
      extents.push({ offset: read(offsetSize), length: read(lengthSize) });
    }
    yield { id, method, base, extents };
  }
}
