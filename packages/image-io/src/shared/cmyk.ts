/** CMYK as JPEG stores it for Adobe (inverted: 255 = no ink) to RGB: R = C·K/255, rounded. The one formula on every platform.
 *  A loop in TypeScript because it is decoding, not numerics, and rare. */
export function cmykToRgb(inverted: Uint8Array): Uint8Array {
  const pixels = inverted.length / 4;
  const rgb = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    const k = inverted[4 * i + 3]!;
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = Math.round((inverted[4 * i + c]! * k) / 255);
  }
  return rgb;
}
