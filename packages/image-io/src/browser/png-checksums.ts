import { Reader } from '../inspect/reader.js';

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** CRC-32 (ISO 3309), as PNG chunks carry it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** The decoder of the browser build looks at no checksum and would give damaged pixels. O(bytes)
 *  @throws Error at the first wrong checksum of a chunk that pixels depend on */
export function checkChecksums(bytes: Uint8Array): void {
  const r = new Reader(bytes);
  for (let at = 8; at + 12 <= r.length; ) {
    const length = r.u32(at);
    const name = r.text(at + 4, 4);
    // Upper case first: critical. Later frames of an APNG are not looked at, as in libpng.
    if (/^[A-Z]|^tRNS/.test(name) && r.u32(at + 8 + length) !== crc32(bytes.subarray(at + 4, at + 8 + length)))
      throw new Error(`the checksum of its ${name} chunk is wrong`);
    if (name === 'IEND') return;
    at += 12 + length;
  }
}
