import type { Format } from './facts.js';
import { Reader } from './reader.js';
import { tiffRawKind } from './tiff.js';

/** A picture format that is read, one that is known but not read, or neither. */
export type Sniffed = { readonly format: Format } | { readonly unsupported: string } | { readonly unknown: string };

const HEIF_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;
const TIFF_RAW = /\.(3fr|arw|cr2|dcr|dng|erf|fff|iiq|kdc|mef|mos|nef|nrw|orf|pef|rw2|rwl|sr2|srf|srw)$/i;

/** Goes by the first bytes, of a TIFF also by its first directory; the name counts only for raw files that look like a plain TIFF. */
export function sniff(bytes: Uint8Array, uri: string): Sniffed {
  const r = new Reader(bytes.subarray(0, 64));
  const start = (text: string, at = 0) => r.text(at, text.length) === text;
  if (start('\xff\xd8\xff')) return { format: 'jpeg' };
  if (start('\x89PNG\r\n\x1a\n')) return { format: 'png' };
  if (start('RIFF') && start('WEBP', 8)) return { format: 'webp' };
  if (start('GIF87a') || start('GIF89a')) return { format: 'gif' };
  if (start('II*\0') || start('MM\0*')) return start('CR', 8) ? { unsupported: 'a camera raw file (Canon CR2)' } : sniffTiff(bytes, uri);
  if (start('ftyp', 4)) return sniffBrands(r.text(8, 4), r.text(16, 48));
  for (const [text, at, name] of SIGNATURES) if (start(text, at)) return { unsupported: name };
  return { unknown: describe(bytes) };
}

function sniffTiff(bytes: Uint8Array, uri: string): Sniffed {
  const raw = tiffRawKind(bytes) ?? (TIFF_RAW.test(uri) ? 'a camera raw file' : undefined);
  return raw ? { unsupported: raw } : { format: 'tiff' };
}

/** @param others compatible brands: some writers put the general one first */
function sniffBrands(brand: string, others: string): Sniffed {
  if (brand === 'avif' || brand === 'avis' || (/^(mif1|msf1)$/.test(brand) && /avi[fs]/.test(others))) return { format: 'avif' };
  if (HEIF_BRANDS.test(brand)) return { unsupported: 'HEIC/HEIF' };
  if (brand === 'crx ') return { unsupported: 'a camera raw file (Canon CR3)' };
  return { unknown: 'it is a video or another ISO media file' };
}

const SIGNATURES: readonly (readonly [text: string, at: number, name: string])[] = [
  ['\xff\x0a', 0, 'JPEG XL'],
  ['\0\0\0\x0cJXL ', 0, 'JPEG XL'],
  ['\0\0\0\x0cjP  ', 0, 'JPEG 2000'],
  ['\xff\x4f\xff\x51', 0, 'JPEG 2000'],
  ['FUJIFILMCCD-RAW', 0, 'a camera raw file (Fujifilm RAF)'],
  ['IIU\0', 0, 'a camera raw file (Panasonic RW2)'],
  ['IIRO', 0, 'a camera raw file (Olympus ORF)'],
  ['HEAPCCDR', 6, 'a camera raw file (Canon CRW)'],
  ['IIRS', 0, 'a camera raw file (Olympus ORF)'],
  ['MMOR', 0, 'a camera raw file (Olympus ORF)'],
  ['FOVb', 0, 'a camera raw file (Sigma X3F)'],
  ['\0MRM', 0, 'a camera raw file (Minolta MRW)'],
  ['II+\0', 0, 'BigTIFF'],
  ['MM\0+', 0, 'BigTIFF'],
  ['BM', 0, 'BMP'],
  ['\0\0\x01\0', 0, 'an icon (ICO)'],
  ['8BPS', 0, 'a Photoshop document'],
  ['%PDF', 0, 'PDF'],
  ['<svg', 0, 'SVG'],
  ['<?xml', 0, 'SVG or another XML file'],
];

function describe(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 512);
  const printable = head.every(byte => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte !== 127));
  return printable ? 'it is text' : 'its first bytes belong to no picture format that is known here';
}
