import { readFileSync } from 'node:fs';
import type { Verdict } from '@syntrace/core';
import { expect } from 'vitest';
import type { EvaluationRow, Metric } from '../src/index.js';

type Figures = Readonly<Record<Metric, number | null>>;

/** A table of scores with what scikit-learn makes of it (fixtures/scikit-learn.py). */
export interface ReferenceCase {
  readonly rows: readonly EvaluationRow[];
  readonly pooled: Figures;
  readonly own: Readonly<Record<string, Figures>>;
  readonly againstAllReal: Readonly<Record<string, Figures>>;
  readonly mean: { readonly own: Figures; readonly againstAllReal: Figures };
  readonly roc: readonly (readonly [falsePositiveRate: number, truePositiveRate: number, threshold: number | null])[];
  readonly precisionRecall: readonly (readonly [recall: number, precision: number, threshold: number])[];
  readonly platt: { readonly slope: number; readonly intercept: number } | null;
}

type StoredRow = readonly [label: 0 | 1, score: number | null, probability: number | null, verdict: Verdict, group: string];

const rowsOf = (rows: readonly StoredRow[]): EvaluationRow[] =>
  rows.map(([label, score, probability, verdict, group]) => ({ label, score, probability, verdict, group }));

const stored = JSON.parse(readFileSync(new URL('fixtures/scikit-learn.json', import.meta.url), 'utf8')) as {
  readonly cases: Readonly<Record<string, Omit<ReferenceCase, 'rows'> & { readonly rows: readonly StoredRow[] }>>;
  readonly intervals: { readonly rows: readonly StoredRow[]; readonly auc: readonly [number, number]; readonly brier: readonly [number, number] };
};

export const referenceCases: readonly (readonly [name: string, ReferenceCase])[] = Object.entries(stored.cases).map(([name, { rows, ...expected }]) => [
  name,
  { rows: rowsOf(rows), ...expected },
]);
export const referenceIntervals = { ...stored.intervals, rows: rowsOf(stored.intervals.rows) };

/** A row that was judged at threshold 0, the way most tests need it. */
export const rowOf = (label: 0 | 1, score: number | null, more: Partial<EvaluationRow> = {}): EvaluationRow => ({
  label,
  score,
  probability: null,
  verdict: score === null ? 'inconclusive' : score > 0 ? 'synthetic' : 'real',
  group: 'group',
  ...more,
});

/** A value up to rounding, or `null` where there is none. */
export const near = (value: number | null): unknown => (value === null ? null : expect.closeTo(value, 12));
