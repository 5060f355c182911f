import { type FileFacts, HeaderError } from './facts.js';
import { TAG, TiffDirectory } from './tiff-directory.js';

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
const MAX_PAGES = 1000;

/** EXIF orientation of a TIFF block, 1 when there is none or it is out of range. */
export function orientationOf(block: Uint8Array): number {
  try {
    return within(TiffDirectory.first(block).number(TAG.orientation));
  } catch {
    return 1;
  }
}

const within = (orientation = 1): number => (orientation >= 1 && orientation <= 8 ? orientation : 1);

/** A raw file in TIFF's clothes: DNG's version tag, or a camera's small picture in front of sub-directories that hold the sensor's data. */
export function tiffRawKind(block: Uint8Array): string | undefined {
  try {
    const directory = TiffDirectory.first(block);
    if (directory.has(TAG.dng)) return 'a camera raw file (DNG)';
    const small = ((directory.number(TAG.kind) ?? 0) & 1) > 0;
    return small && directory.has(TAG.make) && directory.has(TAG.subIfds) ? 'a camera raw file' : undefined;
  } catch {
    return undefined;
  }
}

export function inspectTiff(bytes: Uint8Array): FileFacts {
  const directory = TiffDirectory.first(bytes);
  const [width, height] = [directory.number(TAG.width), directory.number(TAG.height)];
  if (!width || !height) throw new HeaderError('corrupt', 'the TIFF directory has no size');
  let frames = 1;
  for (let page = directory; page.next !== 0 && frames < MAX_PAGES; frames++) page = page.following();
  const colours = directory.number(TAG.colours) ?? 2;
  const bitDepth = directory.number(TAG.bits) ?? 1;
  checkKind(directory, colours, bitDepth);
  return {
    format: 'tiff',
    width,
    height,
    jpeg: null,
    stored: {
      channels: directory.number(TAG.samples) ?? 1,
      bitDepth,
      frames,
      colour: colours === 3 ? 'palette' : colours === 5 ? 'cmyk' : colours <= 1 ? 'grey' : 'rgb',
    },
    alpha: directory.has(TAG.extra),
    orientation: within(directory.number(TAG.orientation)),
    icc: directory.has(TAG.icc),
  };
}

/** @throws HeaderError for what the decoder does not read */
function checkKind(directory: TiffDirectory, colours: number, bitDepth: number): void {
  const unsupported = (kind: string) => new HeaderError('unsupported', `a TIFF ${kind}`);
  // Sample format 1 is unsigned integers.
  if (bitDepth > 16 || (directory.number(TAG.format) ?? 1) !== 1) throw unsupported(`of ${bitDepth}-bit or signed or floating-point samples`);
  if (![1, 2, 4, 8, 16].includes(bitDepth)) throw unsupported(`of ${bitDepth}-bit samples`);
  // 0…3: grey, RGB, palette; 5 CMYK, 6 YCbCr.
  if (![0, 1, 2, 3, 5, 6].includes(colours)) throw unsupported(`of colour kind ${colours}`);
  const compression = directory.number(TAG.compression) ?? 1;
  if (!COMPRESSIONS.includes(compression)) throw unsupported(`compressed as ${OTHER_COMPRESSIONS[compression] ?? `kind ${compression}`}`);
  if (directory.number(TAG.planes) === 2 && directory.has(TAG.tileWidth)) throw unsupported('of tiles in separate planes');
}

/** A copy whose alpha is said to be of no known kind: libvips would divide colours by an alpha that was multiplied into them. */
export function asStoredTiff(bytes: Uint8Array): Uint8Array {
  const place = TiffDirectory.first(bytes).entries.get(TAG.extra)?.at;
  if (place === undefined) return bytes;
  const copy = new Uint8Array(bytes);
  copy.fill(0, place, place + 2);
  return copy;
}
