import type { Columns, Slice } from './columns.js';

/** How often each row counts, by its index. */
export type Weights = ArrayLike<number>;

/** Area under the ROC curve: how often a synthetic picture scores above a real one, ties counted half. `null` without both classes. O(n) on a slice. */
export function aucOf({ label, score }: Columns, { ranked }: Slice, weights: Weights): number | null {
  let [realBelow, synthetic, area] = [0, 0, 0];
  for (let i = 0; i < ranked.length; ) {
    const value = score[ranked[i]!]!;
    let [tiedReal, tiedSynthetic] = [0, 0];
    for (; i < ranked.length && score[ranked[i]!] === value; i++) {
      const row = ranked[i]!;
      if (label[row] === 1) tiedSynthetic += weights[row]!;
      else tiedReal += weights[row]!;
    }
    area += tiedSynthetic * (realBelow + tiedReal / 2);
    realBelow += tiedReal;
    synthetic += tiedSynthetic;
  }
  return realBelow > 0 && synthetic > 0 ? area / (realBelow * synthetic) : null;
}

/** Average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct thresholds, as scikit-learn has it (no interpolation). `null` without both classes. O(n) on a slice. */
export function averagePrecisionOf({ label, score }: Columns, { ranked }: Slice, weights: Weights): number | null {
  let [real, synthetic, sum] = [0, 0, 0];
  for (let i = ranked.length - 1; i >= 0; ) {
    const value = score[ranked[i]!]!;
    const before = synthetic;
    for (; i >= 0 && score[ranked[i]!] === value; i--) {
      const row = ranked[i]!;
      if (label[row] === 1) synthetic += weights[row]!;
      else real += weights[row]!;
    }
    if (synthetic > before) sum += ((synthetic - before) * synthetic) / (synthetic + real);
  }
  return real > 0 && synthetic > 0 ? sum / synthetic : null;
}
