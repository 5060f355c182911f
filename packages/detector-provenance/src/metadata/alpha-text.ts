import type { AlphaPixels } from '../file/parts.js';
import { LIMITS } from '../limits.js';
import { inflate, unpacked } from './inflate.js';

const MARK = 'stealth_png';
const MARKS = { [`${MARK}info`]: false, [`${MARK}comp`]: true } as const;
const HEAD_BITS = (MARK.length + 4 + 4) * 8;
/** Unpacked pixels that are looked at. */
const MOST_PIXELS = 256 << 20;

/** Text in the lowest bits of a PNG's alpha channel, column by column from the left: a mark, the length in bits, the text (packed after `…comp`).
 *  Ends at the first bit that does not fit the mark, with most pictures in the first row. O(rows) for others. */
export async function alphaText(pixels: AlphaPixels): Promise<string | null> {
  const head = await bitsOf(pixels, HEAD_BITS, bitsOfText(MARK));
  if (!head) return null;
  const mark = text(head.subarray(0, MARK.length + 4));
  const length = new DataView(head.buffer).getUint32(MARK.length + 4);
  if (!Object.hasOwn(MARKS, mark) || length > LIMITS.text * 8 || length % 8 > 0) return null;
  const all = await bitsOf(pixels, HEAD_BITS + length, []);
  const payload = all?.subarray(HEAD_BITS / 8);
  if (!payload) return null;
  const plain = MARKS[mark as keyof typeof MARKS] ? await inflate(payload, LIMITS.text, 'gzip') : payload;
  return plain && new TextDecoder().decode(plain);
}

/** The first so many bits as bytes; `null` when there are fewer or they begin otherwise. */
async function bitsOf({ width, height, data }: AlphaPixels, count: number, beginning: readonly number[]): Promise<Uint8Array | null> {
  const columns = Math.ceil(count / height);
  if (columns > width) return null;
  const bytes = new Uint8Array(Math.ceil(count / 8));
  let y = 0;
  for await (const row of rowsOf(data, 1 + 4 * width, columns)) {
    for (let x = 0; x < columns; x++) {
      const index = x * height + y;
      const bit = row[4 * x + 3]! & 1;
      if (index < beginning.length && beginning[index] !== bit) return null;
      if (index < count) bytes[index >> 3]! |= bit << (7 - (index & 7));
    }
    if (++y === height) return bytes;
  }
  return null;
}

/** The left end of each row, its filter undone (PNG §9): no filter looks to the right, so the rest of a row is never needed.
 *  A row is valid until the next is asked for. */
async function* rowsOf(data: readonly Uint8Array[], stride: number, columns: number): AsyncGenerator<Uint8Array> {
  const wanted = 4 * columns;
  let [previous, row] = [new Uint8Array(wanted), new Uint8Array(wanted)];
  let [at, filter, total] = [0, 0, 0];
  try {
    for await (const piece of unpacked(data)) {
      total += piece.length;
      if (total > MOST_PIXELS) return;
      for (let i = 0; i < piece.length; ) {
        if (at === 0) filter = piece[i]!;
        else row[at - 1] = piece[i]! + predicted(filter, row, previous, at - 1);
        if (at === wanted) yield row;
        at++;
        i++;
        if (at <= wanted) continue;
        const skip = Math.min(stride - at, piece.length - i);
        at += skip;
        i += skip;
        if (at < stride) break;
        [previous, row] = [row, previous];
        at = 0;
      }
    }
  } catch {
    // Damaged pixels: what they say up to here has been said.
  }
}

function predicted(filter: number, row: Uint8Array, previous: Uint8Array, i: number): number {
  const [left, up, corner] = [i >= 4 ? row[i - 4]! : 0, previous[i]!, i >= 4 ? previous[i - 4]! : 0];
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

const bitsOfText = (word: string): readonly number[] => [...word].flatMap(char => Array.from({ length: 8 }, (_, i) => (char.charCodeAt(0) >> (7 - i)) & 1));
const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
