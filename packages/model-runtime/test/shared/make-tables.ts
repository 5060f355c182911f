import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { maskedCrc32c } from '../../src/checkpoint/container/crc32.js';
import { joined, little } from './make-files.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const varint = (...values: readonly number[]): Uint8Array => values.reduce((w, value) => w.uint32(value), new BinaryWriter()).finish();

/** An entry of a block that shares nothing with the key before it, or says so. */
export const entry = (key: string, value: Uint8Array, shared = 0): Uint8Array => joined(varint(shared, ascii(key).length, value.length), ascii(key), value);

/** Entries with one restart point, or as many as are claimed. */
export const block = (entries: readonly Uint8Array[], restarts = 1): Uint8Array => joined(...entries, little(0, 4), little(restarts, 4));

interface Lies {
  readonly compression?: number;
  readonly checksum?: number;
  /** Where the index says that the data block lies. */
  readonly handle?: readonly [offset: number, size: number];
  readonly magic?: readonly number[];
}

/** A table with one data block. */
export function table(data: Uint8Array, lies: Lies = {}): Uint8Array {
  const stored = (contents: Uint8Array, { compression = 0, checksum }: Lies = {}) => {
    const typed = joined(contents, [compression]);
    return joined(typed, little(checksum ?? maskedCrc32c(typed), 4));
  };
  const first = stored(data, lies);
  const index = block([entry('z', varint(...(lies.handle ?? [0, data.length])))]);
  const handles = joined(varint(0, 0), varint(first.length, index.length));
  const footer = joined(handles, new Uint8Array(40 - handles.length), lies.magic ?? [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]);
  return joined(first, stored(index), footer);
}

interface Described {
  readonly type?: number;
  readonly shape?: readonly number[];
  readonly shard?: number;
  readonly offset?: number;
  readonly size?: number;
  readonly checksum?: number;
  readonly sliced?: boolean;
}

/** A BundleEntryProto. */
export function described({ type = 1, shape = [], shard = 0, offset = 0, size = 4, checksum = 0, sliced = false }: Described): Uint8Array {
  const w = new BinaryWriter();
  w.tag(1, WireType.Varint).int32(type);
  w.tag(2, WireType.LengthDelimited).fork();
  for (const length of shape) w.tag(2, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int64(length).join();
  w.join();
  w.tag(3, WireType.Varint).int32(shard).tag(4, WireType.Varint).int64(offset).tag(5, WireType.Varint).int64(size).tag(6, WireType.Bit32).fixed32(checksum);
  if (sliced) w.tag(7, WireType.LengthDelimited).bytes(Uint8Array.of());
  return w.finish();
}

/** A BundleHeaderProto. */
export const header = (shards = 1, endianness = 0): Uint8Array =>
  new BinaryWriter().tag(1, WireType.Varint).int32(shards).tag(2, WireType.Varint).int32(endianness).finish();
