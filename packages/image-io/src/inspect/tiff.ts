import { type FileFacts, HeaderError } from './facts.js';
import { Reader } from './reader.js';

const TAG = {
  kind: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  make: 271,
  orientation: 274,
  samples: 277,
  planes: 284,
  tileWidth: 322,
  subIfds: 330,
  extra: 338,
  format: 339,
  icc: 34675,
  dng: 50706,
} as const;
/** Raw, CCITT, LZW, JPEG, Deflate, PackBits, WebP: what sharp's libtiff reads. */
const COMPRESSIONS = [1, 2, 3, 4, 5, 7, 8, 32773, 32946, 50001];
/** Others that are met. */
const OTHER_COMPRESSIONS: Record<number, string> = {
  6: 'old-style JPEG',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50000: 'Zstandard',
  50002: 'JPEG XL',
};
const MAX_ENTRIES = 512;
const MAX_PAGES = 1000;

interface Directory {
  /** First values of the entries, by tag. */
  readonly tags: ReadonlyMap<number, number>;
  /** Where those values lie. */
  readonly places: ReadonlyMap<number, number>;
  /** Where the next directory starts. */
  readonly next: number;
}

function readIfd(r: Reader, at: number, little: boolean): Directory {
  const count = r.u16(at, little);
  if (count > MAX_ENTRIES) throw new HeaderError('corrupt', `a TIFF directory of ${count} entries`);
  const [tags, places] = [new Map<number, number>(), new Map<number, number>()];
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + 12 * i;
    const type = r.u16(entry + 2, little);
    const values = r.u32(entry + 4, little);
    const size = type === 3 ? 2 : type === 4 ? 4 : 1;
    const where = values * size > 4 ? r.u32(entry + 8, little) : entry + 8;
    const tag = r.u16(entry, little);
    tags.set(tag, type === 3 ? r.u16(where, little) : type === 4 ? r.u32(where, little) : values);
    places.set(tag, where);
  }
  return { tags, places, next: r.u32(at + 2 + 12 * count, little) };
}

const isLittle = (r: Reader): boolean => r.text(0, 2) === 'II';

/** EXIF orientation of a TIFF block, 1 when there is none or it is out of range. */
export function orientationOf(block: Uint8Array): number {
  try {
    const r = new Reader(block);
    const value = readIfd(r, r.u32(4, isLittle(r)), isLittle(r)).tags.get(TAG.orientation) ?? 1;
    return value >= 1 && value <= 8 ? value : 1;
  } catch {
    return 1;
  }
}

/** A raw file in TIFF's clothes: DNG's version tag, or a camera's small picture in front of sub-directories that hold the sensor's data. */
export function tiffRawKind(block: Uint8Array): string | undefined {
  try {
    const r = new Reader(block);
    const { tags } = readIfd(r, r.u32(4, isLittle(r)), isLittle(r));
    if (tags.has(TAG.dng)) return 'a camera raw file (DNG)';
    const small = ((tags.get(TAG.kind) ?? 0) & 1) > 0;
    return small && tags.has(TAG.make) && tags.has(TAG.subIfds) ? 'a camera raw file' : undefined;
  } catch {
    return undefined;
  }
}

export function inspectTiff(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  const little = isLittle(r);
  const first = readIfd(r, r.u32(4, little), little);
  const { tags } = first;
  const [width, height] = [tags.get(TAG.width), tags.get(TAG.height)];
  if (!width || !height) throw new HeaderError('corrupt', 'the TIFF directory has no size');
  let [frames, next] = [1, first.next];
  while (next !== 0 && frames < MAX_PAGES) {
    next = readIfd(r, next, little).next;
    frames++;
  }
  const photometric = tags.get(TAG.photometric) ?? 2;
  const bitDepth = tags.get(TAG.bits) ?? 1;
  checkKind(tags, photometric, bitDepth);
  const colour = photometric === 3 ? 'palette' : photometric === 5 ? 'cmyk' : photometric <= 1 ? 'grey' : 'rgb';
  const orientation = tags.get(TAG.orientation) ?? 1;
  return {
    format: 'tiff',
    width,
    height,
    jpeg: null,
    stored: { channels: tags.get(TAG.samples) ?? 1, bitDepth, frames, colour },
    alpha: tags.has(TAG.extra),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    icc: tags.has(TAG.icc),
  };
}

/** @throws HeaderError for what the decoder does not read */
function checkKind(tags: Directory['tags'], photometric: number, bitDepth: number): void {
  const unsupported = (kind: string) => new HeaderError('unsupported', `a TIFF ${kind}`);
  // Sample format 1 is unsigned integers.
  if (bitDepth > 16 || (tags.get(TAG.format) ?? 1) !== 1) throw unsupported(`of ${bitDepth}-bit or signed or floating-point samples`);
  if (![1, 2, 4, 8, 16].includes(bitDepth)) throw unsupported(`of ${bitDepth}-bit samples`);
  // 0…3: grey, RGB, palette; 5 CMYK, 6 YCbCr.
  if (![0, 1, 2, 3, 5, 6].includes(photometric)) throw unsupported(`of colour kind ${photometric}`);
  const compression = tags.get(TAG.compression) ?? 1;
  if (!COMPRESSIONS.includes(compression)) throw unsupported(`compressed as ${OTHER_COMPRESSIONS[compression] ?? `kind ${compression}`}`);
  if (tags.get(TAG.planes) === 2 && tags.has(TAG.tileWidth)) throw unsupported('of tiles in separate planes');
}

/** A copy whose alpha is said to be of no known kind: libvips would divide colours by an alpha that was multiplied into them. */
export function asStoredTiff(bytes: Uint8Array): Uint8Array {
  const r = new Reader(bytes);
  const place = readIfd(r, r.u32(4, isLittle(r)), isLittle(r)).places.get(TAG.extra);
  if (place === undefined) return bytes;
  const copy = bytes.slice();
  copy.fill(0, place, place + 2);
  return copy;
}
