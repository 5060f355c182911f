import { BinaryReader } from '@bufbuild/protobuf/wire';
import { messageOf, SyntraceError } from '@syntrace/core';
import { maskedCrc32c } from '../container/crc32.js';
import type { Refuse } from '../refuse.js';

const FOOTER = 48;
const TRAILER = 5;
/** The last 8 bytes of every table, little-endian. */
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
/** Longer keys are no names of variables. */
const LONGEST_KEY = 4096;

interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
}

/** The entries of a sorted table of LevelDB (table_format.md), in which TensorFlow keeps a checkpoint's index: key → a view of the value; the checksums of all
 *  blocks are checked. O(bytes). @throws the refusal for compressed blocks, keys out of order, and whatever does not fit */
export function readSortedTable(bytes: Uint8Array, refuse: Refuse): ReadonlyMap<string, Uint8Array> {
  if (bytes.length < FOOTER || !MAGIC.every((byte, i) => bytes[bytes.length - MAGIC.length + i] === byte))
    return refuse('it does not end as a table does: it is cut off, or none');
  try {
    const footer = new BinaryReader(bytes.subarray(bytes.length - FOOTER));
    handleOf(footer);
    const index = entriesOf(blockAt(bytes, handleOf(footer), refuse), refuse);
    const entries = index.flatMap(({ value }) => entriesOf(blockAt(bytes, handleOf(new BinaryReader(value)), refuse), refuse));
    const unordered = entries.find(({ key }, i) => i > 0 && key <= entries[i - 1]!.key);
    if (unordered) return refuse(`its key ${unordered.key} is out of order`);
    return new Map(entries.map(({ key, value }) => [key, value]));
  } catch (error) {
    if (SyntraceError.is(error)) throw error;
    return refuse(`it is damaged: ${messageOf(error)}`);
  }
}

interface Handle {
  readonly offset: number;
  readonly size: number;
}

function handleOf(reader: BinaryReader): Handle {
  const [offset, size] = [Number(reader.uint64()), Number(reader.uint64())];
  return { offset, size };
}

/** The contents of a block, checksum verified. */
function blockAt(bytes: Uint8Array, { offset, size }: Handle, refuse: Refuse): Uint8Array {
  if (!(offset + size + TRAILER <= bytes.length)) return refuse(`a block of ${size} bytes at ${offset} lies outside it`);
  const [view, compression] = [new DataView(bytes.buffer, bytes.byteOffset), bytes[offset + size]];
  if (view.getUint32(offset + size + 1, true) !== maskedCrc32c(bytes.subarray(offset, offset + size + 1)))
    return refuse(`the checksum of its block at ${offset} is wrong`);
  return compression === 0 ? bytes.subarray(offset, offset + size) : refuse('its blocks are compressed, which TensorFlow never does');
}

/** Entries of a block: each key begins as the one before it; restart points stand at the end. */
function entriesOf(block: Uint8Array, refuse: Refuse): readonly Entry[] {
  if (block.length < 4) return refuse('a block is shorter than its end');
  const restarts = new DataView(block.buffer, block.byteOffset).getUint32(block.length - 4, true);
  const end = block.length - 4 * (1 + restarts);
  if (end < 0) return refuse(`a block of ${block.length} bytes claims ${restarts} restarts`);
  const reader = new BinaryReader(block.subarray(0, end));
  const take = (length: number): Uint8Array => {
    if (length > end - reader.pos) throw new RangeError(`${length} bytes are wanted at ${reader.pos}, ${end - reader.pos} are left`);
    const start = reader.pos;
    reader.pos += length;
    return block.subarray(start, start + length);
  };
  const entries: Entry[] = [];
  let key: Uint8Array = new Uint8Array();
  while (reader.pos < end) {
    const [shared, own, length] = [reader.uint32(), reader.uint32(), reader.uint32()];
    if (shared > key.length) return refuse(`a key shares ${shared} bytes with one of ${key.length}`);
    if (shared + own > LONGEST_KEY) return refuse(`a key has ${shared + own} bytes`);
    key = Uint8Array.of(...key.subarray(0, shared), ...take(own));
    entries.push({ key: textOf(key), value: take(length) });
  }
  return entries;
}

/** Names of variables are ASCII; other bytes make other names, not errors. */
const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
