import known from '../camera/tables.json' with { type: 'json' };

/** Row-order place of each zig-zag index (ITU-T T.81, figure A.6). */
export const ZIGZAG: readonly number[] = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22,
  15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/** Qualities that are tried; above, the steps are too fine to be told from rounding. */
export const QUALITIES: readonly number[] = Array.from({ length: 29 }, (_, i) => 38 + 2 * i);
/** AC frequencies that are looked at: the first in zig-zag order, where photographs have contrast. */
const FREQUENCIES = 14;
/** Finer steps drown in the rounding of samples. */
const LEAST_STEP = 4;
/** An earlier step must be so much coarser than the last one, whose lattice would be found otherwise. */
const COARSER = 1.3;

/** Steps of the IJG's luma table at each quality, row order, 0 for what is left out: [qualities, 64]. */
export function candidateTables(last: readonly number[] | null): Float32Array {
  const tables = new Float32Array(QUALITIES.length * 64);
  QUALITIES.forEach((quality, k) => {
    const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
    for (let i = 1; i <= FREQUENCIES; i++) {
      const step = Math.max(1, Math.floor((known.ijg.luma[i]! * scale + 50) / 100));
      if (step >= Math.max(LEAST_STEP, COARSER * (last?.[i] ?? 0))) tables[64 * k + ZIGZAG[i]!] = step;
    }
  });
  return tables;
}
