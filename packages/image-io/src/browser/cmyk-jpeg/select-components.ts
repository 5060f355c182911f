import { HeaderError } from '../../inspect/facts.js';
import { type Component, componentsOf, isFrame } from '../../inspect/jpeg-segments.js';
import { Reader } from '../../inspect/reader.js';
import { adobeMarker, joined, segment } from '../jpeg-pieces.js';
import { type BlockKind, copyScan } from './copy-scan.js';
import { type HuffmanTable, readHuffmanTables } from './huffman-table.js';

/** What the walk through the segments has found so far. */
interface State {
  readonly tables: Map<number, HuffmanTable>;
  readonly keep: readonly number[];
  /** Scans of progressive files hold parts of coefficients. */
  progressive: boolean;
  components: readonly Component[];
  mcus: number;
  restart: number;
}

/** A JPEG of some of another one's components (by their place in its frame), the samples of each unchanged: libjpeg decodes three components
 *  to RGB, but four to nothing that a browser build hands out. Other metadata than tables is left out.
 *  @param colours what the three are: as they are (0) or Y, Cb, Cr (1); as in Adobe's marker
 *  @throws Error with libjpeg's words, HeaderError for layouts that cannot be divided */
export function selectComponents(bytes: Uint8Array, keep: readonly number[], colours: 0 | 1): Uint8Array<ArrayBuffer> {
  const r = new Reader(bytes);
  const state: State = { tables: new Map(), keep, progressive: false, components: [], mcus: 0, restart: 0 };
  const parts: Uint8Array[] = [Uint8Array.of(0xff, 0xd8), adobeMarker(colours)];
  for (let at = 2; ; ) {
    while (r.u8(at) !== 0xff || r.u8(at + 1) === 0xff) at++;
    const marker = r.u8(at + 1);
    if (marker === 0xd9) break;
    const end = at + 2 + r.u16(at + 2);
    const body = bytes.subarray(at + 4, end);
    if (marker === 0xda) {
      const scan = readSegments(bytes, end);
      const data = bytes.subarray(end, scan.end);
      parts.push(...selectScan(body, data, scan.segments, state, bytes[scan.end + 1] === 0xd9));
      at = scan.end;
      continue;
    }
    if (isFrame(marker)) parts.push(segment(marker, selectFrame(body, marker, state)));
    else if (!isApplication(marker)) parts.push(bytes.subarray(at, end));
    if (marker === 0xc4) readHuffmanTables(body, state.tables);
    if (marker === 0xdd) state.restart = r.u16(at + 4);
    at = end;
  }
  return joined([...parts, Uint8Array.of(0xff, 0xd9)]);
}

/** APP0…APP15 and comments. */
const isApplication = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

function selectFrame(body: Uint8Array, marker: number, state: State): Uint8Array {
  const r = new Reader(body);
  const components = componentsOf(r, 0);
  const side = (length: number, factors: number[]) => Math.ceil(length / (8 * Math.max(...factors)));
  state.progressive = marker === 0xc2;
  state.components = components;
  state.mcus =
    side(
      r.u16(3),
      components.map(({ h }) => h),
    ) *
    side(
      r.u16(1),
      components.map(({ v }) => v),
    );
  const entries = state.keep.map(i => body.subarray(6 + 3 * i, 9 + 3 * i));
  return joined([body.subarray(0, 5), Uint8Array.of(state.keep.length), ...entries]);
}

/** The SOS segment and the data of a scan, or nothing when none of its components is kept. */
function selectScan(body: Uint8Array, data: Uint8Array, segments: readonly Uint8Array[], state: State, isLast: boolean): Uint8Array[] {
  const r = new Reader(body);
  const count = r.u8(0);
  const entries = Array.from({ length: count }, (_, i) => body.subarray(1 + 2 * i, 3 + 2 * i));
  const parts = entries.map(([id = 0, tables = 0]) => {
    const place = state.components.findIndex(each => each.id === id);
    const component = state.components[place];
    if (!component) throw new Error(`Invalid component ID ${id} in SOS`);
    const { h, v } = component;
    return { kept: state.keep.includes(place), blocks: h * v, dc: state.tables.get(tables >> 4), ac: state.tables.get(16 + (tables & 15)) };
  });
  const kept = entries.filter((_, i) => parts[i]!.kept);
  if (kept.length === 0) return [];
  const header = segment(0xda, joined([Uint8Array.of(kept.length), ...kept, body.subarray(1 + 2 * count)]));
  if (kept.length === count) return [header, data];
  // A component alone is stored row by row, not in the order of MCUs.
  if (kept.length === 1 && parts.some(({ kept, blocks }) => kept && blocks > 1))
    throw new HeaderError('unsupported', 'a CMYK JPEG whose scans pair its components');
  return [header, copyScan(segments, parts, kindOf(r.u8(1 + 2 * count), r.u8(3 + 2 * count), state), state.mcus, state.restart, isLast)];
}

function kindOf(start: number, approximation: number, { progressive }: State): BlockKind {
  if (!progressive) return 'sequential';
  if (start > 0) throw new Error('Invalid progressive parameters');
  return approximation >> 4 ? 'dc-refine' : 'dc-first';
}

/** Entropy-coded data up to the next marker, divided at its restart markers. */
function readSegments(bytes: Uint8Array, start: number): { segments: Uint8Array[]; end: number } {
  const segments: Uint8Array[] = [];
  for (let [at, from] = [start, start]; ; at++) {
    at = bytes.indexOf(0xff, at);
    const next = bytes[at + 1];
    if (at < 0 || next === undefined) throw new Error('premature end of JPEG data');
    if (next === 0) at++;
    else if (next !== 0xff) {
      segments.push(bytes.subarray(from, at));
      if (next < 0xd0 || next > 0xd7) return { segments, end: at };
      if (next !== 0xd0 + ((segments.length - 1) & 7)) throw new Error('Corrupt JPEG data: restart markers out of order');
      from = ++at + 1;
    }
  }
}
