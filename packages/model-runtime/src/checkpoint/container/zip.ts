import { Cursor } from '../cursor.js';
import type { Refuse } from '../refuse.js';
import { crc32 } from './crc32.js';

const [LOCAL, CENTRAL, END, END_64, LOCATOR_64] = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50] as const;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const UNKNOWN_32 = 0xffffffff;
const UNKNOWN_16 = 0xffff;

interface Entry {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
  /** Where its local header stands. */
  readonly header: number;
}

export const isZip = (bytes: Uint8Array): boolean => bytes.length >= END_SIZE && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === LOCAL;

/** The files of a zip whose entries are stored as they are, as PyTorch writes it: name → a view of the bytes, checksums verified. O(bytes)
 *  @throws the refusal for compressed or encrypted entries, names that lead elsewhere or come twice, entries that overlap, and whatever does not fit */
export function readStoredZip(bytes: Uint8Array, refuse: Refuse): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const ranges: (readonly [start: number, end: number])[] = [];
  for (const entry of directory(bytes, refuse)) {
    const { name } = entry;
    if (/^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)|\\|\0/i.test(name)) refuse(`its entry ${JSON.stringify(name)} has a path that leads elsewhere`);
    if (files.has(name)) refuse(`its entry ${name} comes twice`);
    const start = dataStart(bytes, entry, refuse);
    const data = bytes.subarray(start, start + entry.size);
    if (data.length !== entry.size) refuse(`its entry ${name} is longer than the file`);
    if (crc32(data) !== entry.crc) refuse(`the checksum of its entry ${name} is wrong`);
    ranges.push([entry.header, start + entry.size]);
    files.set(name, data);
  }
  ranges.sort(([a], [b]) => a - b);
  if (ranges.some(([start], i) => i > 0 && start < ranges[i - 1]![1])) refuse('its entries overlap');
  return files;
}

function dataStart(bytes: Uint8Array, { name, header }: Entry, refuse: Refuse): number {
  const local = new Cursor(bytes, refuse, header);
  if (local.u32() !== LOCAL) refuse(`its entry ${name} is not where its directory says`);
  local.take(22);
  const lengths = local.u16() + local.u16();
  local.take(lengths);
  return local.at;
}

/** Entries of the central directory, folders left out. */
function directory(bytes: Uint8Array, refuse: Refuse): readonly Entry[] {
  const { count, start } = directoryPlace(bytes, refuse);
  if (start > bytes.length) refuse('its directory lies behind its end');
  const cursor = new Cursor(bytes, refuse, start);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (cursor.u32() !== CENTRAL) refuse('its directory is damaged');
    cursor.take(4);
    const [flags, method] = [cursor.u16(), cursor.u16()];
    cursor.take(4);
    const [crc, compressed, size] = [cursor.u32(), cursor.u32(), cursor.u32()];
    const [nameLength, extraLength, commentLength] = [cursor.u16(), cursor.u16(), cursor.u16()];
    cursor.take(8);
    const header = cursor.u32();
    const name = cursor.text(nameLength);
    const wide = wideSizes(new Cursor(cursor.take(extraLength), refuse), { size, compressed, header });
    cursor.take(commentLength);
    if (flags & 1) refuse(`its entry ${name} is encrypted`);
    if (method !== 0 || wide.size !== wide.compressed) refuse(`its entry ${name} is compressed, which PyTorch never writes`);
    if (!name.endsWith('/')) entries.push({ name, size: wide.size, crc, header: wide.header });
  }
  return entries;
}

type Sizes = Record<'size' | 'compressed' | 'header', number>;

/** Sizes of 8 bytes from the extra field of zip64, for those that are written as unknown. */
function wideSizes(extra: Cursor, sizes: Sizes): Sizes {
  while (extra.left >= 4) {
    const [id, length] = [extra.u16(), extra.u16()];
    if (id !== 1) extra.take(length);
    else {
      const wide = { ...sizes };
      for (const key of ['size', 'compressed', 'header'] as const) if (sizes[key] === UNKNOWN_32) wide[key] = extra.u64();
      return wide;
    }
  }
  return sizes;
}

function directoryPlace(bytes: Uint8Array, refuse: Refuse): { count: number; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT);
  for (let at = bytes.length - END_SIZE; at >= first; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const [count, start] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    return count === UNKNOWN_16 || start === UNKNOWN_32 ? widePlace(bytes, at, refuse) : { count, start };
  }
  return refuse('its zip directory is missing: the file is cut off');
}

function widePlace(bytes: Uint8Array, end: number, refuse: Refuse): { count: number; start: number } {
  const locator = new Cursor(bytes, refuse, Math.max(0, end - 20));
  if (locator.u32() !== LOCATOR_64) return refuse('its zip64 directory is missing');
  locator.take(4);
  const at = locator.u64();
  if (at > bytes.length) return refuse('its zip64 directory lies behind its end');
  const cursor = new Cursor(bytes, refuse, at);
  if (cursor.u32() !== END_64) return refuse('its zip64 directory is missing');
  cursor.take(28);
  const count = cursor.u64();
  cursor.take(8);
  return { count, start: cursor.u64() };
}
