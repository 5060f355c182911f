import { scanFile } from '../file/scan.js';
import { readExif } from '../metadata/exif.js';

/** Larger ones are no thumbnails; EXIF of a JPEG holds 64 KiB. */
const MOST_BYTES = 1 << 20;

/** The JPEG that a file's EXIF holds, `null` where there is none. Never throws. O(parts) */
export function embeddedThumbnail(bytes: Uint8Array): Uint8Array | null {
  const parts = scanFile(bytes);
  const [block] = parts.exif;
  const thumbnail = block ? readExif(block, parts).thumbnail : null;
  return thumbnail && thumbnail.length <= MOST_BYTES ? thumbnail : null;
}
