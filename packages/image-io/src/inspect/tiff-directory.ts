import { HeaderError } from './facts.js';
import { Reader } from './reader.js';

export const TAG = {
  kind: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  colours: 262,
  make: 271,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planes: 284,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  subIfds: 330,
  extra: 338,
  format: 339,
  jpegTables: 347,
  icc: 34675,
  dng: 50706,
} as const;

const MAX_ENTRIES = 512;

interface Entry {
  /** 3: 16 bits, 4: 32 bits; others are not numbers that matter here. */
  readonly type: number;
  readonly count: number;
  /** Where its values lie. */
  readonly at: number;
}

/** An image file directory (TIFF 6.0, section 2). */
export class TiffDirectory {
  private constructor(
    private readonly r: Reader,
    private readonly little: boolean,
    readonly entries: ReadonlyMap<number, Entry>,
    /** Where the next one starts; 0 after the last. */
    readonly next: number,
  ) {}

  /** @throws HeaderError */
  static first(bytes: Uint8Array): TiffDirectory {
    const r = new Reader(bytes);
    const little = r.text(0, 2) === 'II';
    return TiffDirectory.read(r, little, r.u32(4, little));
  }

  private static read(r: Reader, little: boolean, start: number): TiffDirectory {
    const count = r.u16(start, little);
    if (count > MAX_ENTRIES) throw new HeaderError('corrupt', `a TIFF directory of ${count} entries`);
    const entries = new Map<number, Entry>();
    for (let i = 0; i < count; i++) {
      const at = start + 2 + 12 * i;
      const [type, values] = [r.u16(at + 2, little), r.u32(at + 4, little)];
      const size = type === 3 ? 2 : type === 4 ? 4 : 1;
      entries.set(r.u16(at, little), { type, count: values, at: values * size > 4 ? r.u32(at + 8, little) : at + 8 });
    }
    return new TiffDirectory(r, little, entries, r.u32(start + 2 + 12 * count, little));
  }

  /** The directory after this one. @throws HeaderError */
  following(): TiffDirectory {
    return TiffDirectory.read(this.r, this.little, this.next);
  }

  has(tag: number): boolean {
    return this.entries.has(tag);
  }

  /** An entry's first number. @throws HeaderError when it lies outside the file */
  number(tag: number): number | undefined {
    return this.numbers(tag, 1)[0];
  }

  numbers(tag: number, most = Number.POSITIVE_INFINITY): number[] {
    const { type, count, at } = this.entries.get(tag) ?? { type: 0, count: 0, at: 0 };
    if (type !== 3 && type !== 4) return [];
    const size = 2 * (type - 2);
    if (at + size * Math.min(count, most) > this.r.length) throw new HeaderError('truncated', `the values of tag ${tag} lie behind the end`);
    return Array.from({ length: Math.min(count, most) }, (_, i) => (type === 3 ? this.r.u16(at + 2 * i, this.little) : this.r.u32(at + 4 * i, this.little)));
  }

  /** An entry's values as they are. */
  bytes(tag: number): Uint8Array | undefined {
    const entry = this.entries.get(tag);
    return entry && this.r.bytes.subarray(entry.at, entry.at + entry.count);
  }
}
