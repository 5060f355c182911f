import { crc32 } from '../../src/checkpoint/container/crc32.js';
import { OPCODES } from '../../src/checkpoint/pickle/opcodes.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(part => [...part]));
}

export function little(value: number | bigint, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 255n));
}

/** Pieces of a pickle. */
export const op = (name: keyof typeof OPCODES, ...more: readonly (Uint8Array | readonly number[])[]): Uint8Array => joined([OPCODES[name]], ...more);
export const text = (value: string): Uint8Array => op('BINUNICODE', little(bytesOf(value).length, 4), bytesOf(value));
export const integer = (value: number): Uint8Array => op('BININT', little(value, 4));
export const long = (value: bigint): Uint8Array => op('LONG1', [9], little(value, 9));
export const global = (module: string, word: string): Uint8Array => op('GLOBAL', bytesOf(`${module}\n${word}\n`));
export const tuple = (...items: readonly Uint8Array[]): Uint8Array => joined(op('MARK'), ...items, op('TUPLE'));
export const dictionary = (...pairs: readonly Uint8Array[]): Uint8Array => joined(op('EMPTY_DICT'), op('MARK'), ...pairs, op('SETITEMS'));
export const pickle = (...content: readonly Uint8Array[]): Uint8Array => joined(op('PROTO', [2]), ...content, op('STOP'));

interface TensorParts {
  readonly key?: Uint8Array;
  readonly storage?: Uint8Array;
  readonly count?: Uint8Array;
  readonly offset?: Uint8Array;
  readonly shape?: Uint8Array;
  readonly strides?: Uint8Array;
}

/** A float tensor [2] in storage 0 of 2 elements, or what differs from that. */
export function tensor({
  key = text('0'),
  storage = global('torch', 'FloatStorage'),
  count = integer(2),
  offset = integer(0),
  shape = tuple(integer(2)),
  strides = tuple(integer(1)),
}: TensorParts = {}): Uint8Array {
  const id = joined(tuple(text('storage'), storage, key, text('cuda:0'), count), op('BINPERSID'));
  const args = tuple(id, offset, shape, strides, op('NEWFALSE'), joined(global('collections', 'OrderedDict'), op('EMPTY_TUPLE'), op('REDUCE')));
  return joined(global('torch._utils', '_rebuild_tensor_v2'), args, op('REDUCE'));
}

export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  /** What the directory says of the size. */
  readonly size?: number;
  /** Where the directory says that it begins. */
  readonly at?: number;
}

/** A zip as PyTorch writes it, or with lies. */
export function zipOf(...entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, data, method = 0, flags = 0, crc = crc32(data), size = data.length, at: start = at } of entries) {
    const common = joined(
      little(20, 2),
      little(flags, 2),
      little(method, 2),
      little(0, 4),
      little(crc, 4),
      little(data.length, 4),
      little(size, 4),
      little(bytesOf(name).length, 2),
    );
    const local = joined(little(0x04034b50, 4), common, little(0, 2), bytesOf(name), data);
    const central = joined(
      little(20, 2),
      little(flags, 2),
      little(method, 2),
      little(0, 4),
      little(crc, 4),
      little(size, 4),
      little(size, 4),
      little(bytesOf(name).length, 2),
    );
    directory.push(joined(little(0x02014b50, 4), little(20, 2), central, little(0, 12), little(start, 4), bytesOf(name)));
    parts.push(local);
    at += local.length;
  }
  const all = joined(...directory);
  const end = joined(
    little(0x06054b50, 4),
    little(0, 4),
    little(entries.length, 2),
    little(entries.length, 2),
    little(all.length, 4),
    little(at, 4),
    little(0, 2),
  );
  return joined(...parts, all, end);
}

/** A checkpoint around a pickle: storage 0 holds two floats. */
export const checkpoint = (content: Uint8Array, ...more: readonly ZipEntry[]): Uint8Array =>
  zipOf({ name: 'archive/data.pkl', data: content }, { name: 'archive/data/0', data: new Uint8Array(new Float32Array([1, 2]).buffer) }, ...more);
