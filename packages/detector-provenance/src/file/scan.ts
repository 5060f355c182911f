import { scanBmff } from './bmff.js';
import { Cursor, EndOfBytes } from './cursor.js';
import { scanGif } from './gif.js';
import { scanJpeg } from './jpeg.js';
import { type FileKind, Parts } from './parts.js';
import { scanPng } from './png.js';
import { scanWebp } from './webp.js';

const SCANNERS: Partial<Record<FileKind, (file: Cursor, parts: Parts) => void>> = {
  jpeg: scanJpeg,
  png: scanPng,
  webp: scanWebp,
  gif: scanGif,
  avif: scanBmff,
  heif: scanBmff,
  // The whole file is one EXIF structure; XMP, IPTC and the manifest are entries of its first directory.
  tiff: (file, parts) => void parts.exif.push(file.bytes),
};

const HEIF_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;

/** Finds what a file carries beside its pixels. Never throws; what is odd becomes a finding. O(parts), views without copies. */
export function scanFile(bytes: Uint8Array): Parts {
  const file = new Cursor(bytes);
  const parts = new Parts(kindOf(file));
  try {
    SCANNERS[parts.kind]?.(file, parts);
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error;
    parts.findings.add('FILE_TRUNCATED', `its structure points beyond its end (${error.message})`);
  }
  return parts;
}

/** By the first bytes, whatever the name. */
function kindOf(file: Cursor): FileKind {
  if (file.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (file.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (file.startsWith('RIFF') && file.startsWith('WEBP', 8)) return 'webp';
  if (file.startsWith('GIF8')) return 'gif';
  if (file.startsWith('II*\0') || file.startsWith('MM\0*')) return 'tiff';
  if (!file.startsWith('ftyp', 4)) return 'unknown';
  const brand = file.text(8, 4);
  if (brand === 'avif' || brand === 'avis') return 'avif';
  return HEIF_BRANDS.test(brand) ? 'heif' : 'unknown';
}
