import known from './tables.json' with { type: 'json' };

/** Luma and chroma tables in zig-zag order at quality 50 (ITU-T T.81, K.1 and K.2), which the IJG's encoder scales. */
const IJG = known.ijg as { readonly luma: readonly number[]; readonly chroma: readonly number[] };

/** Who is known to write these quantisation tables: the IJG's encoder at some quality, or what `tables.json` names by hash; `null` otherwise. */
export function softwareOfTables(tables: ReadonlyMap<number, readonly number[]>): string | null {
  const luma = tables.get(0);
  if (!luma) return null;
  const chroma = tables.get(1);
  for (let quality = 1; quality <= 100; quality++) {
    if (same(luma, scaled(IJG.luma, quality)) && (!chroma || same(chroma, scaled(IJG.chroma, quality))))
      return `the IJG's at quality ${quality}, as written by libjpeg, most programs on the web and many phones`;
  }
  const names = (known.hashes as Readonly<Record<string, readonly string[]>>)[hashOf(luma)];
  return names ? `as written by ${names.join(', ')}` : null;
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((value, i) => value === b[i]);

/** `jpeg_quality_scaling` of libjpeg, baseline. */
function scaled(table: readonly number[], quality: number): number[] {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return table.map(value => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))));
}

/** FNV-1a over the 64 values. */
function hashOf(table: readonly number[]): string {
  return table.reduce((hash, value) => Math.imul(hash ^ value, 0x01000193) >>> 0, 0x811c9dc5).toString(16);
}
