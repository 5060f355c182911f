import { HeaderError } from '../../inspect/facts.js';
import { type Component, componentsOf, isFrame, jpegSegments } from '../../inspect/jpeg-segments.js';
import { Reader } from '../../inspect/reader.js';

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
  for (const { marker, body, end } of jpegSegments(r)) {
    if (isFrame(marker)) components = componentsOf(r, body);
    if (marker === 0xee && end - body >= 12 && r.text(body, 5) === 'Adobe') ycck = r.u8(body + 11) !== 0;
  }
  const largest = (factor: 'h' | 'v', places: readonly number[]) => Math.max(...places.map(place => components[place]?.[factor] ?? 0));
  const all = [0, 1, 2, 3];
  const hasLargest = (places: readonly number[]) => (['h', 'v'] as const).every(factor => largest(factor, places) === largest(factor, all));
  const colours = all.slice(0, 3);
  const key = [
    [1, 2, 3],
    [0, 1, 3],
    [0, 2, 3],
  ].find(hasLargest);
  if (components.length !== 4 || !hasLargest(colours) || !key) throw new HeaderError('unsupported', 'a CMYK JPEG with unusual sampling factors');
  return { colours, key, ycck };
}
