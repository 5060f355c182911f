import type { Parts } from '../file/parts.js';
import known from './tables.json' with { type: 'json' };

/** Who writes a file's quantisation tables, as far as that is known. */
export interface TableWriters {
  /** Quality on the IJG's scale where its encoder made them: libjpeg, most programs on the web and many phones. */
  readonly ijgQuality: number | null;
  /** Cameras and programs that are known to write such tables; empty where none is. */
  readonly names: readonly string[];
}

/** `null` when the file has no tables. The list of cameras and programs is loaded where the tables are not the IJG's. */
export async function writersOfTables({ tables, tableSegments }: Parts): Promise<TableWriters | null> {
  const luma = tables.get(0);
  if (!luma) return null;
  const ijgQuality = ijgQualityOf(luma, tables.get(1));
  if (ijgQuality !== null) return { ijgQuality, names: [] };
  const { writersByDigest } = await import('./table-digests.js');
  return { ijgQuality, names: writersByDigest(tableSegments) };
}

/** Whether a claimed camera or program is among the writers; `null` when there is nothing to compare: no claim, no writer known, or the IJG's tables, which many write. */
export function claimFits({ names }: TableWriters, make: string | null, software: string | null): boolean | null {
  if (names.length === 0 || !(make || software)) return null;
  const first = (text: string) => /^[a-z]+/i.exec(text.trim())?.[0].toLowerCase();
  // Maker and program stand first in either, as in "Canon EOS 20D", "NIKON CORPORATION", "Adobe Photoshop CS2 Macintosh", "Asahi Optical (Pentax)".
  return names.some(name => [make, software].some(claim => claim && (first(claim) === first(name) || claim.toLowerCase().includes(first(name)!))));
}

/** Luma and chroma tables in zig-zag order at quality 50 (ITU-T T.81, K.1 and K.2), which the IJG's encoder scales. */
const IJG = known.ijg as { readonly luma: readonly number[]; readonly chroma: readonly number[] };

function ijgQualityOf(luma: readonly number[], chroma: readonly number[] | undefined): number | null {
  for (let quality = 1; quality <= 100; quality++)
    if (same(luma, scaled(IJG.luma, quality)) && (!chroma || same(chroma, scaled(IJG.chroma, quality)))) return quality;
  return null;
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((value, i) => value === b[i]);

/** `jpeg_quality_scaling` of libjpeg, baseline. */
function scaled(table: readonly number[], quality: number): number[] {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return table.map(value => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))));
}
