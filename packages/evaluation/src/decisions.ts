import type { Columns, Slice } from './columns.js';
import type { Weights } from './ranking.js';

/** Verdicts against the truth; `synthetic` is the positive class. Undecided rows are in none of the four. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

export function confusionOf({ label, decision }: Columns, { all }: Slice, weights: Weights): Confusion {
  const cells = [0, 0, 0, 0];
  for (const row of all) if (decision[row]! >= 0) cells[label[row]! * 2 + decision[row]!]! += weights[row]!;
  const [trueNegatives, falsePositives, falseNegatives, truePositives] = cells as [number, number, number, number];
  return { truePositives, falsePositives, trueNegatives, falseNegatives };
}

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** Share of right verdicts among the decided rows. */
export const accuracyOf = (c: Confusion): number | null =>
  ratio(c.truePositives + c.trueNegatives, c.truePositives + c.trueNegatives + c.falsePositives + c.falseNegatives);

/** Share of right verdicts among the decided real rows. */
export const realAccuracyOf = (c: Confusion): number | null => ratio(c.trueNegatives, c.trueNegatives + c.falsePositives);

/** Share of right verdicts among the decided synthetic rows. */
export const syntheticAccuracyOf = (c: Confusion): number | null => ratio(c.truePositives, c.truePositives + c.falseNegatives);

/** Mean of the two classes' shares of right verdicts; `null` if a class has no decided row. */
export function balancedAccuracyOf(c: Confusion): number | null {
  const [real, synthetic] = [realAccuracyOf(c), syntheticAccuracyOf(c)];
  return synthetic === null || real === null ? null : (synthetic + real) / 2;
}

/** Harmonic mean of precision and recall for `synthetic`. */
export const f1Of = (c: Confusion): number | null => ratio(2 * c.truePositives, 2 * c.truePositives + c.falsePositives + c.falseNegatives);
