import type { Columns, Slice } from './columns.js';
import type { Weights } from './ranking.js';

/** What a threshold of one's own choice would reach: of the score's ranking alone, not of the shipped threshold. */
export interface OperatingPoints {
  /** Equal error rate: where as many real pictures are called synthetic as synthetic ones real, linear between neighbouring thresholds. */
  readonly eer: number | null;
  /** Largest share of synthetic pictures found while at most 1 % of the real ones are called synthetic. */
  readonly tprAt1: number | null;
  /** The same at 5 %. */
  readonly tprAt5: number | null;
}

/** `null` without both classes. O(n) on a slice. */
export function operatingPointsOf({ label, score }: Columns, { ranked }: Slice, weights: Weights): OperatingPoints {
  const totals = [0, 0] as [number, number];
  for (const row of ranked) totals[label[row] as 0 | 1] += weights[row]!;
  if (totals[0] === 0 || totals[1] === 0) return { eer: null, tprAt1: null, tprAt5: null };
  let [real, synthetic, alarms, found, eer] = [0, 0, 0, 0, -1];
  const best = [0, 0] as [number, number];
  for (let i = ranked.length - 1; i >= 0; ) {
    const value = score[ranked[i]!]!;
    for (; i >= 0 && score[ranked[i]!] === value; i--) {
      const row = ranked[i]!;
      if (label[row] === 1) synthetic += weights[row]!;
      else real += weights[row]!;
    }
    const [x, y] = [real / totals[0], synthetic / totals[1]];
    // Alarms minus misses grow from −1 to 1; the error is where they meet.
    if (eer < 0 && x >= 1 - y) eer = crossing([alarms, found], [x, y]);
    RATES.forEach((rate, r) => {
      if (x <= rate) best[r] = y;
    });
    [alarms, found] = [x, y];
  }
  return { eer, tprAt1: best[0], tprAt5: best[1] };
}

const RATES = [0.01, 0.05];

function crossing([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): number {
  const [before, after] = [x0 - (1 - y0), x1 - (1 - y1)];
  return after > before ? x0 + ((x1 - x0) * -before) / (after - before) : x1;
}
