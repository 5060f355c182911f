import { BitReader, BitWriter } from './bits.js';
import type { HuffmanTable } from './huffman-table.js';

/** A component's part in an interleaved scan. */
export interface ScanPart {
  readonly kept: boolean;
  /** Blocks in each MCU. */
  readonly blocks: number;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
}

/** What a block holds there: all coefficients, or (progressive) the first or a later bit of its DC coefficient. */
export type BlockKind = 'sequential' | 'dc-first' | 'dc-refine';

/** The entropy-coded data of an interleaved scan with only the blocks of the kept components. A block's bits depend on nothing but its own
 *  component, so they are copied as they are. O(bits)
 *  @param segments data between restart markers  @param interval MCUs in each but the last  @param isLast of the file's scans: stray bytes do no harm there
 *  @throws Error with libjpeg's words */
export function copyScan(
  segments: readonly Uint8Array[],
  parts: readonly ScanPart[],
  kind: BlockKind,
  mcus: number,
  interval: number,
  isLast: boolean,
): Uint8Array {
  const each = interval || mcus;
  if (segments.length !== Math.ceil(mcus / each))
    throw new Error(segments.length * each < mcus ? 'premature end of JPEG data' : 'Corrupt JPEG data: a restart marker too many');
  const copies = segments.map((segment, i) => {
    const { copy, left } = copySegment(segment, parts, kind, Math.min(each, mcus - i * each));
    if (left > 0 && (i < segments.length - 1 || !isLast)) throw new Error(`Corrupt JPEG data: ${left} extraneous bytes before marker`);
    return copy;
  });
  const data = new Uint8Array(copies.reduce((sum, copy) => sum + copy.length + 2, -2));
  let at = 0;
  copies.forEach((copy, i) => {
    if (i > 0) data.set([0xff, 0xd0 + ((i - 1) & 7)], at - 2);
    data.set(copy, at);
    at += copy.length + 2;
  });
  return data;
}

function copySegment(segment: Uint8Array, parts: readonly ScanPart[], kind: BlockKind, mcus: number): { copy: Uint8Array; left: number } {
  const reader = new BitReader(segment);
  const writer = new BitWriter();
  for (let mcu = 0; mcu < mcus; mcu++) {
    for (const part of parts) {
      for (let block = 0; block < part.blocks; block++) {
        const start = reader.at;
        passBlock(reader, part, kind);
        if (part.kept) writer.copy(reader, start);
      }
    }
    if (reader.overrun) throw new Error('premature end of data segment');
  }
  return { copy: writer.finish(), left: reader.left };
}

/** ITU-T T.81, F.2.2 and G.1.2.1. */
function passBlock(reader: BitReader, { dc, ac }: ScanPart, kind: BlockKind): void {
  if (kind === 'dc-refine') {
    reader.at++;
    return;
  }
  const size = reader.symbol(known(dc));
  reader.at += size;
  if (kind === 'dc-first') return;
  const table = known(ac);
  for (let k = 1; k < 64; k++) {
    const symbol = reader.symbol(table);
    const [run, size] = [symbol >> 4, symbol & 15];
    if (size === 0 && run < 15) return;
    k += run;
    reader.at += size;
  }
}

function known(table: HuffmanTable | undefined): HuffmanTable {
  if (!table) throw new Error('Huffman table was not defined');
  return table;
}
