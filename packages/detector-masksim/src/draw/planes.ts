/** A square plane of numbers with the zero frequency in the middle. */
export interface Plane {
  readonly side: number;
  readonly values: Float32Array;
}

/** Channels [3, h, w] averaged, the mirror image added where a plane holds the frequencies with fx ≤ 0 alone. */
export function wholePlane(channels: Float32Array, height: number, width: number): Plane {
  const size = height * width;
  const values = new Float32Array(height * height);
  const middle = Math.floor(height / 2);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < height; x++) {
      // −f of a frequency f on a centred axis, whose first entry is its own negative where the side is even.
      const mirrored = x >= width;
      const [row, column] = mirrored ? [(2 * middle - y) % height, (2 * middle - x) % height] : [y, x];
      const at = row * width + column;
      values[y * height + x] = (channels[at]! + channels[size + at]! + channels[2 * size + at]!) / 3;
    }
  return { side: height, values };
}

/** The plane at half its side: means of 2×2, or their largest, so that no peak is lost. */
export function halved({ side, values }: Plane, how: 'mean' | 'largest'): Plane {
  const half = Math.floor(side / 2);
  const out = Float32Array.from({ length: half * half }, (_, i) => {
    const at = 2 * Math.floor(i / half) * side + 2 * (i % half);
    const [a, b, c, d] = [values[at]!, values[at + 1]!, values[at + side]!, values[at + side + 1]!];
    return how === 'mean' ? (a + b + c + d) / 4 : Math.max(a, b, c, d);
  });
  return { side: half, values: out };
}

/** Values that all but a share on either end lie between. */
export function rangeOf({ values }: Plane, share: number): readonly [low: number, high: number] {
  const sorted = values.toSorted();
  const at = (level: number) => sorted[Math.round(level * (sorted.length - 1))]!;
  const [low, high] = [at(share), at(1 - share)];
  return high > low ? [low, high] : [low, low + 1e-6];
}
