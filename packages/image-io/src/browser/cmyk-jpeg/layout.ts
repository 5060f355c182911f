import { HeaderError } from '../../inspect/facts.js';
import { Reader } from '../../inspect/reader.js';

export interface Component {
  readonly id: number;
  readonly h: number;
  readonly v: number;
}

/** SOF0…SOF2: the coding processes that the inspector lets through. */
export const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xc2;

/** The components of a SOF segment, its length and marker taken off. */
export function componentsOf(body: Uint8Array): Component[] {
  const r = new Reader(body);
  return Array.from({ length: r.u8(5) }, (_, i) => ({ id: r.u8(6 + 3 * i), h: r.u8(7 + 3 * i) >> 4, v: r.u8(7 + 3 * i) & 15 }));
}

/** How a JPEG of four components is divided into two of three: its first three, and its last beside two others. */
export interface Division {
  readonly colours: readonly number[];
  readonly key: readonly number[];
  /** Y, Cb, Cr, K: libjpeg's reading of Adobe's marker. */
  readonly ycck: boolean;
}

/** Both parts need the largest sampling factors, against which libjpeg enlarges all components. @throws HeaderError */
export function divisionOf(bytes: Uint8Array): Division {
  const r = new Reader(bytes);
  let [components, ycck]: [Component[], boolean] = [[], false];
  for (let at = 2; ; ) {
    while (r.u8(at) === 0xff && r.u8(at + 1) === 0xff) at++;
    const [marker, length] = [r.u8(at + 1), r.u16(at + 2)];
    if (marker === 0xda) break;
    if (isFrame(marker)) components = componentsOf(bytes.subarray(at + 4, at + 2 + length));
    if (marker === 0xee && length >= 14 && r.text(at + 4, 5) === 'Adobe') ycck = r.u8(at + 15) !== 0;
    at += 2 + length;
  }
  const most = (factor: 'h' | 'v', places: readonly number[]) => Math.max(...places.map(place => components[place]?.[factor] ?? 0));
  const all = [0, 1, 2, 3];
  const hasLargest = (places: readonly number[]) => (['h', 'v'] as const).every(factor => most(factor, places) === most(factor, all));
  const colours = all.slice(0, 3);
  const key = [
    [1, 2, 3],
    [0, 1, 3],
    [0, 2, 3],
  ].find(hasLargest);
  if (components.length !== 4 || !hasLargest(colours) || !key) throw new HeaderError('unsupported', 'a CMYK JPEG with unusual sampling factors');
  return { colours, key, ycck };
}
