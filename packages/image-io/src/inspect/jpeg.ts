import { type FileFacts, HeaderError } from './facts.js';
import { jpegQuality } from './jpeg-quality.js';
import { Reader } from './reader.js';
import { orientationOf } from './tiff.js';

const MAX_SEGMENTS = 2000;
const SUBSAMPLING: Record<string, string> = { '1x1': '4:4:4', '2x1': '4:2:2', '2x2': '4:2:0', '1x2': '4:4:0', '4x1': '4:1:1' };

interface Frame {
  readonly marker: number;
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly sampling: readonly { readonly h: number; readonly v: number; readonly table: number }[];
}

/** Reads the segments before the first scan. */
export function inspectJpeg(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  const tables = new Map<number, number[]>();
  let frame: Frame | undefined;
  let [orientation, icc] = [1, false];
  let at = 2;
  for (let segments = 0; ; segments++) {
    if (segments > MAX_SEGMENTS) throw new HeaderError('corrupt', `more than ${MAX_SEGMENTS} segments before the first scan`);
    while (r.u8(at) === 0xff && r.u8(at + 1) === 0xff) at++;
    if (r.u8(at) !== 0xff) throw new HeaderError('corrupt', `no marker at byte ${at}`);
    const marker = r.u8(at + 1);
    if (marker === 0xda || marker === 0xd9) break;
    const length = r.u16(at + 2);
    const body = at + 4;
    if (length < 2 || at + 2 + length > r.length) throw new HeaderError('truncated', `a segment of ${length} bytes at byte ${at}`);
    if (marker === 0xdb) readTables(r, body, at + 2 + length, tables);
    else if (isFrame(marker)) frame = readFrame(r, marker, body);
    else if (marker === 0xe1 && r.text(body, 6) === 'Exif\0\0') orientation = orientationOf(bytes.subarray(body + 6, at + 2 + length));
    else if (marker === 0xe2 && r.text(body, 12) === 'ICC_PROFILE\0') icc = true;
    at += 2 + length;
  }
  if (!frame) throw new HeaderError('corrupt', 'a scan starts before the frame header');
  checkKind(frame);
  const channels = frame.sampling.length;
  const luma = tables.get(frame.sampling[0]?.table ?? 0);
  return {
    format: 'jpeg',
    width: frame.width,
    height: frame.height,
    jpeg: { ...(luma ? jpegQuality(luma) : { quality: 75, standardTables: false }), subsampling: subsamplingOf(frame), progressive: frame.marker === 0xc2 },
    stored: { channels, bitDepth: frame.bitDepth, frames: 1, colour: channels === 1 ? 'grey' : channels === 4 ? 'cmyk' : 'rgb' },
    alpha: false,
    orientation,
    icc,
  };
}

/** What the decoders do not read alike, or not at all. */
function checkKind({ marker, bitDepth, sampling }: Frame): void {
  if ([0xc3, 0xc7, 0xcb, 0xcf].includes(marker)) throw new HeaderError('unsupported', 'a lossless JPEG');
  if ([0xc5, 0xc6, 0xcd, 0xce].includes(marker)) throw new HeaderError('unsupported', 'a hierarchical JPEG');
  if ([0xc9, 0xca].includes(marker)) throw new HeaderError('unsupported', 'an arithmetic-coded JPEG');
  if (bitDepth !== 8) throw new HeaderError('unsupported', `a ${bitDepth}-bit JPEG`);
  if (![1, 3, 4].includes(sampling.length)) throw new HeaderError('unsupported', `a JPEG of ${sampling.length} components`);
}

/** SOF0…SOF15 without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readFrame(r: Reader, marker: number, body: number): Frame {
  const count = r.u8(body + 5);
  const sampling = Array.from({ length: count }, (_, i) => {
    const factors = r.u8(body + 7 + 3 * i);
    return { h: factors >> 4, v: factors & 15, table: r.u8(body + 8 + 3 * i) };
  });
  return { marker, bitDepth: r.u8(body), height: r.u16(body + 1), width: r.u16(body + 3), sampling };
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

function subsamplingOf({ sampling }: Frame): string {
  const [luma, chroma] = sampling;
  if (!luma || !chroma) return 'none';
  const key = `${luma.h / chroma.h}x${luma.v / chroma.v}`;
  return SUBSAMPLING[key] ?? key;
}
