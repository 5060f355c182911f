/** Orthonormal 2-D DCT-II of each channel by its definition, float64: samples and result [h,w,c]. O(h²w + hw²). */
export function plainDct(samples: ArrayLike<number>, height: number, width: number, channels: number): Float64Array {
  const cosines = (n: number) =>
    Array.from({ length: n }, (_, k) =>
      Array.from({ length: n }, (_, x) => Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (2 * x + 1) * k) / (2 * n))),
    );
  const [down, along] = [cosines(height), cosines(width)];
  const out = new Float64Array(height * width * channels);
  for (let c = 0; c < channels; c++) {
    const rows = Array.from({ length: height }, (_, y) =>
      along.map(basis => basis.reduce((sum, value, x) => sum + value * samples[(y * width + x) * channels + c]!, 0)),
    );
    for (let v = 0; v < height; v++)
      for (let u = 0; u < width; u++) out[(v * width + u) * channels + c] = down[v]!.reduce((sum, value, y) => sum + value * rows[y]![u]!, 0);
  }
  return out;
}
