import { type FileFacts, HeaderError } from './facts.js';
import { jpegQuality } from './jpeg-quality.js';
import { type Component, componentsOf, isFrame, jpegSegments } from './jpeg-segments.js';
import { Reader } from './reader.js';
import { orientationOf } from './tiff.js';

const SUBSAMPLING: Record<string, string> = { '1x1': '4:4:4', '2x1': '4:2:2', '2x2': '4:2:0', '1x2': '4:4:0', '4x1': '4:1:1' };

interface Frame {
  readonly marker: number;
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly components: readonly Component[];
}

/** Reads the segments before the first scan. */
export function inspectJpeg(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  const tables = new Map<number, number[]>();
  let frame: Frame | undefined;
  let [orientation, icc] = [1, false];
  for (const { marker, body, end } of jpegSegments(r)) {
    if (marker === 0xdb) readTables(r, body, end, tables);
    else if (isFrame(marker)) frame = readFrame(r, marker, body);
    else if (marker === 0xe1 && r.text(body, 6) === 'Exif\0\0') orientation = orientationOf(bytes.subarray(body + 6, end));
    else if (marker === 0xe2 && r.text(body, 12) === 'ICC_PROFILE\0') icc = true;
  }
  if (!frame) throw new HeaderError('corrupt', 'a scan starts before the frame header');
  checkKind(frame);
  const channels = frame.components.length;
  const luma = tables.get(frame.components[0]!.table);
  if (!luma) throw new HeaderError('corrupt', 'its first component has no quantisation table');
  return {
    format: 'jpeg',
    width: frame.width,
    height: frame.height,
    jpeg: { ...jpegQuality(luma), subsampling: subsamplingOf(frame), progressive: frame.marker === 0xc2 },
    stored: { channels, bitDepth: frame.bitDepth, frames: 1, colour: channels === 1 ? 'grey' : channels === 4 ? 'cmyk' : 'rgb' },
    alpha: false,
    orientation,
    icc,
  };
}

/** What the decoders do not read alike, or not at all. */
function checkKind({ marker, bitDepth, components }: Frame): void {
  if ([0xc3, 0xc7, 0xcb, 0xcf].includes(marker)) throw new HeaderError('unsupported', 'a lossless JPEG');
  if ([0xc5, 0xc6, 0xcd, 0xce].includes(marker)) throw new HeaderError('unsupported', 'a hierarchical JPEG');
  if ([0xc9, 0xca].includes(marker)) throw new HeaderError('unsupported', 'an arithmetic-coded JPEG');
  if (bitDepth !== 8) throw new HeaderError('unsupported', `a ${bitDepth}-bit JPEG`);
  if (![1, 3, 4].includes(components.length)) throw new HeaderError('unsupported', `a JPEG of ${components.length} components`);
}

function readFrame(r: Reader, marker: number, body: number): Frame {
  return { marker, bitDepth: r.u8(body), height: r.u16(body + 1), width: r.u16(body + 3), components: componentsOf(r, body) };
}

function readTables(r: Reader, start: number, end: number, tables: Map<number, number[]>): void {
  for (let at = start; at < end; ) {
    const header = r.u8(at++);
    const wide = header >> 4 > 0;
    const values = Array.from({ length: 64 }, (_, i) => (wide ? r.u16(at + 2 * i) : r.u8(at + i)));
    tables.set(header & 15, values);
    at += wide ? 128 : 64;
  }
}

function subsamplingOf({ components }: Frame): string {
  const [luma, chroma] = components;
  if (!luma || !chroma) return 'none';
  const key = `${luma.h / chroma.h}x${luma.v / chroma.v}`;
  return SUBSAMPLING[key] ?? key;
}
