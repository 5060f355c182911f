import { componentsOf, isFrame, jpegSegments } from '../inspect/jpeg-segments.js';
import { Reader } from '../inspect/reader.js';

/** libjpeg's own limit. */
const MOST_ROWS = 65_500;

/** A JPEG whose header asks for a row below the picture. libvips looks at libjpeg's warnings before each strip of 8 rows, never after the
 *  last: without the spare row, damage that shows at the very end would pass here and be refused in browsers. The rows above do not change
 *  where nothing is enlarged vertically; where something is, libjpeg reads ahead anyway, as it does when there are several scans.
 *  @returns the same bytes where it is not needed */
export function withSpareRow(bytes: Uint8Array): Uint8Array {
  const r = new Reader(bytes);
  let [frame, unit, scanned] = [0, 0, 0];
  for (const { marker, body } of jpegSegments(r)) {
    if (isFrame(marker)) {
      const components = componentsOf(r, body);
      const v = components[0]?.v ?? 0;
      [frame, unit, scanned] = [body, components.every(each => each.v === v) && marker < 0xc2 ? 8 * v : 0, components.length];
    } else if (marker === 0xda) scanned -= r.u8(body);
  }
  const height = Math.ceil(r.u16(frame + 1) / unit) * unit + 1;
  if (unit === 0 || scanned > 0 || height > MOST_ROWS) return bytes;
  const copy = new Uint8Array(bytes);
  copy.set([height >> 8, height & 255], frame + 1);
  return copy;
}
