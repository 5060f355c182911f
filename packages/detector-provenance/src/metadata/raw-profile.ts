import type { Parts } from '../file/parts.js';

const KEYWORD = /^Raw profile type (exif|APP1|iptc|8bim|xmp)$/i;

/** ImageMagick keeps EXIF, IPTC and XMP in PNG text as hexadecimal lines after a name and a length. False when this is no such text. */
export function readRawProfile(keyword: string, text: string, parts: Parts): boolean {
  const kind = KEYWORD.exec(keyword)?.[1]?.toLowerCase();
  if (!kind) return false;
  const [, , length = '', ...lines] = text.split('\n');
  const bytes = fromHex(lines.join('').replace(/\s/g, ''), Number(length));
  if (!bytes) parts.findings.add('TEXT_CORRUPT', `the text ${keyword} is not hexadecimal`);
  else if (kind === 'iptc' || kind === '8bim') parts.photoshop.push(bytes);
  else if (kind === 'xmp' || startsWith(bytes, 'http://ns.adobe.com/xap/')) parts.xmp.push(bytes);
  else parts.exif.push(startsWith(bytes, 'Exif\0') ? bytes.subarray(6) : bytes);
  return true;
}

function fromHex(digits: string, length: number): Uint8Array | null {
  if (!(length > 0) || digits.length < 2 * length || !/^[0-9a-f]*$/i.test(digits)) return null;
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

const startsWith = (bytes: Uint8Array, text: string): boolean => String.fromCharCode(...bytes.subarray(0, text.length)) === text;
