/** The IJG luma table at quality 50 (ITU-T T.81, table K.1), in zig-zag order as DQT stores it. */
const LUMA_50 = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64,
  68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/** The IJG scaling of libjpeg's `jpeg_set_quality` (baseline: 1…255). */
function scaled(quality: number): number[] {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return LUMA_50.map(value => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))));
}

let tables: readonly (readonly number[])[] | undefined;

/** The quality whose luma table comes nearest (sum of absolute differences), and whether it is exactly that table. */
export function jpegQuality(table: readonly number[]): { quality: number; standardTables: boolean } {
  tables ??= Array.from({ length: 100 }, (_, i) => scaled(i + 1));
  let best = { quality: 1, difference: Number.POSITIVE_INFINITY };
  for (let quality = 100; quality >= 1; quality--) {
    let difference = 0;
    for (let i = 0; i < 64; i++) difference += Math.abs(tables[quality - 1]![i]! - (table[i] ?? 0));
    if (difference < best.difference) best = { quality, difference };
  }
  return { quality: best.quality, standardTables: best.difference === 0 };
}
