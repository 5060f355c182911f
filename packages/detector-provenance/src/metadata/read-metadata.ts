import { EndOfBytes } from '../file/cursor.js';
import { decodeText } from '../file/decode-text.js';
import type { Parts } from '../file/parts.js';
import { LIMITS } from '../limits.js';
import { alphaText } from './alpha-text.js';
import { type Exif, readExif } from './exif.js';
import { inflate } from './inflate.js';
import { readIptc } from './iptc.js';
import { readPhotoshop } from './photoshop.js';
import { readRawProfile } from './raw-profile.js';
import { readXmp } from './xmp.js';

/** Turns what a scan found into named values, on `parts.fields`; gives the first EXIF block's camera side. Never throws; what is odd becomes a finding. */
export async function readMetadata(parts: Parts): Promise<Exif | null> {
  await unpackTexts(parts);
  for (const { place, name, value } of [...parts.fields]) if (place === 'png-text') readRawProfile(name, value, parts);
  // Blocks that hold others come first: a TIFF holds XMP and Photoshop resources, and those hold IPTC and XMP.
  const exif = parts.exif.slice(0, MOST_BLOCKS).map(block => readExif(block, parts));
  readAll(parts, parts.photoshop, readPhotoshop);
  readAll(parts, parts.iptc, readIptc);
  readAll(parts, parts.xmp, readXmp);
  const hidden = parts.alpha && (await alphaText(parts.alpha));
  if (hidden) parts.field('alpha-channel', 'alpha', hidden);
  return exif[0] ?? null;
}

/** At most so many packed texts: real files have one to five. */
const MOST_PACKED = 64;

/** A text that is damaged or too long counts as the longest, so that bombs don't add up. */
async function unpackTexts(parts: Parts): Promise<void> {
  const { packed, findings, xmp } = parts;
  let left: number = LIMITS.texts;
  for (const [i, { place, name, data }] of packed.entries()) {
    if (left <= 0 || i >= MOST_PACKED) {
      findings.add('TEXT_TOO_LONG', `${packed.length - i} packed texts were not read`);
      return;
    }
    const text = await inflate(data, LIMITS.text);
    left -= text?.length ?? LIMITS.text;
    if (!text) findings.add('TEXT_CORRUPT', `the packed text ${name.slice(0, 80)} is damaged or unpacks to more than ${LIMITS.text} bytes`);
    else if (place === 'xmp') xmp.push(text);
    else parts.field(place, name, decodeText(text));
  }
}

/** At most so many blocks of a kind: real files have one or two. */
const MOST_BLOCKS = 32;

function readAll(parts: Parts, blocks: readonly Uint8Array[], read: (block: Uint8Array, parts: Parts) => void): void {
  for (const block of blocks.slice(0, MOST_BLOCKS)) {
    try {
      read(block, parts);
    } catch (error) {
      if (!(error instanceof EndOfBytes)) throw error;
      parts.findings.add('FILE_TRUNCATED', `a block of metadata points beyond its end (${error.message})`);
    }
  }
}
