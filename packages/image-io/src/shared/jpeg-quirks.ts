import { componentsOf, isFrame, jpegSegments } from '../inspect/jpeg-segments.js';
import { Reader } from '../inspect/reader.js';

/** A JPEG without what makes libjpeg warn and costs no sample: version numbers, colour transforms and scan parameters that some cameras write.
 *  It reports its first warning only, so that one of these would hide a real one. Each gets the value that libjpeg takes in its place.
 *  O(header), and a copy where there is something to change. */
export function withoutQuirks(bytes: Uint8Array): Uint8Array {
  const r = new Reader(bytes);
  const changes: [at: number, values: number[]][] = [];
  let [sequential, components, transform]: [boolean, number, number | undefined] = [false, 0, undefined];
  for (const { marker, body, end } of jpegSegments(r)) {
    if (isFrame(marker)) [sequential, components] = [marker < 0xc2, componentsOf(r, body).length];
    else if (marker === 0xe0 && end - body >= 14 && r.text(body, 5) === 'JFIF\0') changes.push([body + 5, [1]]);
    else if (marker === 0xee && end - body >= 12 && r.text(body, 5) === 'Adobe') transform = body + 11;
    else if (marker === 0xda && sequential) changes.push([end - 3, [0, 63, 0]]);
  }
  const known = components === 4 ? 2 : 1;
  if (transform !== undefined && r.u8(transform) !== 0) changes.push([transform, [known]]);
  const needed = changes.filter(([at, values]) => values.some((value, i) => r.u8(at + i) !== value));
  if (needed.length === 0) return bytes;
  const copy = new Uint8Array(bytes);
  for (const [at, values] of needed) copy.set(values, at);
  return copy;
}
