import { HeaderError } from './facts.js';
import type { Reader } from './reader.js';

const MAX_SEGMENTS = 2000;

export interface Segment {
  readonly marker: number;
  /** Where its content starts, behind marker and length, and where it ends. */
  readonly body: number;
  readonly end: number;
}

/** The segments of a JPEG up to its first scan's header (0xda), that one included. @throws HeaderError */
export function* jpegSegments(r: Reader): Generator<Segment> {
  let at = 2;
  for (let count = 0; count <= MAX_SEGMENTS; count++) {
    while (r.u8(at) === 0xff && r.u8(at + 1) === 0xff) at++;
    if (r.u8(at) !== 0xff) throw new HeaderError('corrupt', `no marker at byte ${at}`);
    const marker = r.u8(at + 1);
    if (marker === 0xd9) throw new HeaderError('corrupt', 'it ends before the first scan');
    const length = r.u16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > r.length) throw new HeaderError('truncated', `a segment of ${length} bytes at byte ${at}`);
    yield { marker, body: at + 4, end };
    if (marker === 0xda) return;
    at = end;
  }
  throw new HeaderError('corrupt', `more than ${MAX_SEGMENTS} segments before the first scan`);
}

/** SOF0…SOF15 without DHT, JPG and DAC. */
export const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** A colour component of the frame: its sampling factors, and its quantisation table. */
export interface Component {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly table: number;
}

/** Those of the frame header whose content starts here. */
export function componentsOf(r: Reader, body: number): Component[] {
  return Array.from({ length: r.u8(body + 5) }, (_, i) => {
    const at = body + 6 + 3 * i;
    return { id: r.u8(at), h: r.u8(at + 1) >> 4, v: r.u8(at + 1) & 15, table: r.u8(at + 2) };
  });
}
