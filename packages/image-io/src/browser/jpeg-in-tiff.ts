import { HeaderError } from '../inspect/facts.js';
import { TAG, TiffDirectory } from '../inspect/tiff-directory.js';
import { type Picture, packChannels } from '../shared/picture.js';
import { adobeMarker, joined } from './jpeg-pieces.js';

/** Compression 7 (Adobe's TIFF technical note 2). */
export const hasJpegInside = (bytes: Uint8Array): boolean => TiffDirectory.first(bytes).number(TAG.compression) === 7;

interface Block {
  readonly left: number;
  readonly top: number;
  readonly file: Uint8Array;
}

/** A TIFF whose strips or tiles are JPEG files that may share their tables, decoded as libtiff does: each by libjpeg, YCbCr to RGB.
 *  @throws Error with libjpeg's words, HeaderError */
export async function decodeJpegInTiff(bytes: Uint8Array): Promise<Picture> {
  const { decodeJpeg } = await import('./codec-jpeg.js');
  const directory = TiffDirectory.first(bytes);
  const number = (tag: number) => directory.number(tag) ?? 1;
  const [width, height, colours, channels] = [number(TAG.width), number(TAG.height), number(TAG.colours), number(TAG.samples)];
  if (number(TAG.planes) !== 1 || !((colours === 1 && channels === 1) || ([2, 6].includes(colours) && channels === 3)))
    throw new HeaderError('unsupported', `TIFF (JPEG with ${channels} samples of colour kind ${colours})`);
  const data = new Uint8Array(channels * width * height);
  for (const { left, top, file } of blocksOf(bytes, directory, colours === 6 ? 1 : 0)) {
    const block = await decodeJpeg(file);
    const samples = packChannels(block, channels === 1 ? 1 : 3);
    const row = channels * Math.min(block.width, width - left);
    for (let y = 0; y < Math.min(block.height, height - top); y++) {
      const start = channels * y * block.width;
      data.set(samples.subarray(start, start + row), channels * ((top + y) * width + left));
    }
  }
  return { width, height, data };
}

/** Strips or tiles, in the order in which they lie in the picture. */
function blocksOf(bytes: Uint8Array, directory: TiffDirectory, transform: 0 | 1): Block[] {
  const tiled = directory.has(TAG.tileWidth);
  const [width, height] = [directory.number(TAG.width)!, directory.number(TAG.height)!];
  const across = (tiled && directory.number(TAG.tileWidth)) || width;
  const down = directory.number(tiled ? TAG.tileHeight : TAG.rowsPerStrip) || height;
  const offsets = directory.numbers(tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const lengths = directory.numbers(tiled ? TAG.tileBytes : TAG.stripBytes);
  const columns = Math.ceil(width / across);
  const count = columns * Math.ceil(height / down);
  if (offsets.length < count || lengths.length < count) throw new HeaderError('corrupt', `${offsets.length} blocks where the picture has ${count}`);
  // Both are whole JPEG files but for what the other holds: without start and end here, without start there.
  const tables = directory.bytes(TAG.jpegTables)?.slice(2, -2) ?? new Uint8Array();
  return offsets.slice(0, count).map((offset, i) => {
    const end = offset + lengths[i]!;
    if (end > bytes.length) throw new HeaderError('truncated', `a block ends at byte ${end}, the file has ${bytes.length}`);
    const file = joined([Uint8Array.of(0xff, 0xd8), adobeMarker(transform), tables, bytes.subarray(offset + 2, end)]);
    return { left: across * (i % columns), top: down * Math.floor(i / columns), file };
  });
}
