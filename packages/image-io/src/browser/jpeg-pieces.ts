/** A marker segment with its length. */
export function segment(marker: number, body: Uint8Array): Uint8Array {
  const length = body.length + 2;
  return joined([Uint8Array.of(0xff, marker, length >> 8, length & 255), body]);
}

/** Adobe's segment, which tells libjpeg what three components are: as they are (0) or Y, Cb, Cr (1). */
export const adobeMarker = (transform: 0 | 1): Uint8Array =>
  segment(0xee, Uint8Array.of(...Array.from('Adobe', letter => letter.charCodeAt(0)), 0, 100, 0, 0, 0, 0, transform));

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
