import { SyntraceError } from '@syntrace/core';
import type { FileFacts } from './facts.js';
import { jpegSegments } from './jpeg-segments.js';
import { Reader } from './reader.js';

/** Refuses a file whose end is missing, before it is decoded: decoders differ in what they make of it (libjpeg paints it grey).
 *  GIF is walked to its end by its inspector, TIFF and AVIF name their offsets. O(chunks); O(1) for a whole JPEG.
 *  @throws IMAGE_TRUNCATED */
export function checkWhole(bytes: Uint8Array, { format }: FileFacts, uri: string): void {
  const detail = format === 'jpeg' ? jpegEnd(bytes) : format === 'png' ? pngEnd(bytes) : format === 'webp' ? webpEnd(bytes) : undefined;
  if (detail) throw new SyntraceError('IMAGE_TRUNCATED', { uri, detail });
}

/** Entropy-coded data cannot hold FF D9, so the last one after the first scan's start is a real end. */
function jpegEnd(bytes: Uint8Array): string | undefined {
  for (let at = bytes.lastIndexOf(0xd9); at > 0; at = bytes.lastIndexOf(0xd9, at - 1)) {
    if (bytes[at - 1] === 0xff) return at > firstScan(bytes) ? undefined : 'no end-of-image marker after the first scan';
  }
  return 'no end-of-image marker';
}

function firstScan(bytes: Uint8Array): number {
  let start = 0;
  for (const { end } of jpegSegments(new Reader(bytes))) start = end;
  return start;
}

function pngEnd(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === 0x49454e44) return undefined;
  }
  return 'no IEND chunk';
}

function webpEnd(bytes: Uint8Array): string | undefined {
  const length = 8 + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true);
  return length > bytes.length ? `its header promises ${length} bytes, the file has ${bytes.length}` : undefined;
}
