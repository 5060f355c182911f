import { avifLayout } from '../inspect/avif-boxes.js';

/** A copy that decoders read as stored: libheif turns, mirrors and crops without being asked, and refuses sequences by their brand though
 *  their first picture is there. The transforming properties lose their association; property 0 is none (ISO/IEC 23008-12, 9.3.1). */
export function asStoredAvif(bytes: Uint8Array): Uint8Array {
  const { transforms } = avifLayout(bytes);
  const copy = new Uint8Array(bytes);
  for (const { at, length } of transforms) copy.fill(0, at, at + length);
  copy.set(
    Array.from('avif', letter => letter.charCodeAt(0)),
    8,
  );
  return copy;
}
