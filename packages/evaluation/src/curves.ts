import { type Columns, columnsOf, type Slice, sliceOf } from './columns.js';
import type { EvaluationRow } from './row.js';

/** Pictures that score at least `threshold` are called synthetic; `null` stands for "none". */
export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
  readonly threshold: number | null;
}

export interface PrecisionRecallPoint {
  readonly recall: number;
  readonly precision: number;
  readonly threshold: number;
}

interface Step {
  readonly threshold: number;
  readonly real: number;
  readonly synthetic: number;
}

/** ROC curve from (0,0) to (1,1), a point for each distinct score; empty without both classes. O(n log n) @throws USAGE */
export const rocCurve = (rows: readonly EvaluationRow[]): RocPoint[] => onAll(rows, rocOf);

/** Precision and recall at each distinct score, from the highest on; empty without both classes. O(n log n) @throws USAGE */
export const precisionRecallCurve = (rows: readonly EvaluationRow[]): PrecisionRecallPoint[] => onAll(rows, precisionRecallOf);

export function rocOf(columns: Columns, slice: Slice): RocPoint[] {
  const steps = stepsOf(columns, slice);
  const last = steps.at(-1);
  if (!last?.real || !last.synthetic) return [];
  const points = steps.map(({ threshold, real, synthetic }) => ({
    falsePositiveRate: real / last.real,
    truePositiveRate: synthetic / last.synthetic,
    threshold,
  }));
  return [{ falsePositiveRate: 0, truePositiveRate: 0, threshold: null }, ...points];
}

export function precisionRecallOf(columns: Columns, slice: Slice): PrecisionRecallPoint[] {
  const steps = stepsOf(columns, slice);
  const last = steps.at(-1);
  if (!last?.real || !last.synthetic) return [];
  return steps.map(({ threshold, real, synthetic }) => ({ recall: synthetic / last.synthetic, precision: synthetic / (synthetic + real), threshold }));
}

/** At most `most` of the points, equally spaced in the list, both ends kept. */
export function thinned<T>(points: readonly T[], most: number): T[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, i) => points[Math.round((i * (points.length - 1)) / (most - 1))]!);
}

/** Real and synthetic rows that score at least each distinct score, from the highest down. */
function stepsOf({ label, score }: Columns, { ranked }: Slice): Step[] {
  const steps: Step[] = [];
  let [real, synthetic] = [0, 0];
  for (let i = ranked.length - 1; i >= 0; ) {
    const threshold = score[ranked[i]!]!;
    for (; i >= 0 && score[ranked[i]!] === threshold; i--) label[ranked[i]!] === 1 ? synthetic++ : real++;
    steps.push({ threshold, real, synthetic });
  }
  return steps;
}

function onAll<T>(rows: readonly EvaluationRow[], curve: (columns: Columns, slice: Slice) => T): T {
  const columns = columnsOf(rows);
  return curve(columns, sliceOf(columns));
}
