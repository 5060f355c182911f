import { Cursor } from '../file/cursor.js';
import { decodeText } from '../file/decode-text.js';
import type { Parts } from '../file/parts.js';

/** Data sets of the application record (IPTC-NAA IIM 4.2) that say who or what made a picture. */
const NAMES: Readonly<Record<number, string>> = {
  5: 'ObjectName',
  25: 'Keywords',
  40: 'SpecialInstructions',
  65: 'OriginatingProgram',
  70: 'ProgramVersion',
  80: 'By-line',
  105: 'Headline',
  110: 'Credit',
  115: 'Source',
  116: 'CopyrightNotice',
  120: 'Caption',
  122: 'Writer',
};

/** Reads IPTC-IIM: marker 1C, record, data set, length, value. O(data sets) */
export function readIptc(block: Uint8Array, parts: Parts): void {
  const file = new Cursor(block);
  let at = 0;
  while (at + 5 <= file.length && file.u8(at) === 0x1c && parts.part()) {
    const [record, number, length] = [file.u8(at + 1), file.u8(at + 2), file.u16(at + 3)];
    // The extended form, for values above 32 767 bytes, is for pictures within pictures.
    if (length > 0x7fff || at + 5 + length > file.length) {
      parts.findings.add('IPTC_MALFORMED', 'an IPTC data set is longer than its block');
      return;
    }
    const name = record === 2 ? NAMES[number] : undefined;
    if (name) parts.field('iptc', name, decodeText(file.slice(at + 5, length)));
    at += 5 + length;
  }
}
