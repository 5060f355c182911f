/** CMYK to RGB: R = (255 − C)·(255 − K) / 255, rounded, likewise G with M and B with Y; 255 is full ink. The one formula on every platform.
 *  255 is odd, so no product lies half way between two integers. A loop in TypeScript because it is decoding, not numerics, and rare.
 *  @param ink `4 · pixels` samples; Adobe's inverted JPEGs are turned first  @returns `3 · pixels` samples */
export function cmykToRgb(ink: Uint8Array): Uint8Array {
  const pixels = ink.length / 4;
  const rgb = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    const light = 255 - ink[4 * i + 3]!;
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = Math.round(((255 - ink[4 * i + c]!) * light) / 255);
  }
  return rgb;
}
