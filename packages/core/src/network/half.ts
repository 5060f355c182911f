const [float, bits] = (() => {
  const buffer = new ArrayBuffer(4);
  return [new Float32Array(buffer), new Uint32Array(buffer)];
})();

/** Numbers in half precision (IEEE 754 binary16) as their bits, to the nearest and of two the even one; what is too large becomes infinite. O(n) */
export const toHalf = (values: Float32Array): Uint16Array => Uint16Array.from(values, half);

/** The numbers again. O(n) */
export const fromHalf = (halves: Uint16Array): Float32Array => Float32Array.from(halves, whole);

function half(value: number): number {
  float[0] = value;
  const [all] = bits as unknown as [number];
  const [sign, size] = [(all >>> 16) & 0x8000, all & 0x7fffffff];
  if (size > 0x7f800000) return sign | 0x7e00;
  // From 65520 on the nearest is infinite.
  if (size >= 0x477ff000) return sign | 0x7c00;
  if (size < 0x38800000) {
    // Below the least normal number: steps of 2⁻²⁴.
    const steps = Math.abs(value) * 2 ** 24;
    const low = Math.floor(steps);
    const rest = steps - low;
    return sign | (rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low);
  }
  const odd = (size >>> 13) & 1;
  return sign | ((size - 0x38000000 + 0xfff + odd) >>> 13);
}

function whole(half: number): number {
  const [sign, exponent, rest] = [half & 0x8000 ? -1 : 1, (half >>> 10) & 31, half & 1023];
  if (exponent === 31) return rest ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * rest * 2 ** -24 : sign * (1 + rest / 1024) * 2 ** (exponent - 15);
}
