import { SyntraceError } from '@syntrace/core';
import type { EvaluationRow } from './row.js';

/** Bins of the calibration error, equally wide on 0…1. */
export const CALIBRATION_BINS = 15;

/** Rows as columns. What a row lacks is NaN (score, probability) or −1 (decision, bin). */
export interface Columns {
  readonly label: Uint8Array;
  readonly score: Float64Array;
  readonly probability: Float64Array;
  /** 1 = called synthetic, 0 = called real. */
  readonly decision: Int8Array;
  readonly bin: Int8Array;
}

/** Some of the rows: their indices, and those with a score in ascending order of it. */
export interface Slice {
  readonly all: Int32Array;
  readonly ranked: Int32Array;
}

/** @throws USAGE for a score that is not finite, a probability outside 0…1, an unknown label or verdict, and for an abstention with a probability or a verdict */
export function columnsOf(rows: readonly EvaluationRow[]): Columns {
  rows.forEach(check);
  return {
    label: Uint8Array.from(rows, row => row.label),
    score: Float64Array.from(rows, row => row.score ?? Number.NaN),
    probability: Float64Array.from(rows, row => row.probability ?? Number.NaN),
    decision: Int8Array.from(rows, row => (row.verdict === 'inconclusive' ? -1 : Number(row.verdict === 'synthetic'))),
    bin: Int8Array.from(rows, row => (row.probability === null ? -1 : Math.min(CALIBRATION_BINS - 1, Math.floor(row.probability * CALIBRATION_BINS)))),
  };
}

/** O(n log n) */
export function sliceOf(columns: Columns, all: Int32Array = Int32Array.from(columns.label.keys())): Slice {
  const ranked = all.filter(i => !Number.isNaN(columns.score[i]!));
  return { all, ranked: ranked.sort((a, b) => columns.score[a]! - columns.score[b]!) };
}

const VERDICTS: readonly unknown[] = ['real', 'synthetic', 'inconclusive'] satisfies readonly EvaluationRow['verdict'][];

function check({ score, probability, label, verdict }: EvaluationRow, i: number): void {
  const refuse = (what: string): never => {
    throw new SyntraceError('USAGE', { detail: `row ${i} cannot be evaluated: ${what}` });
  };
  if (score !== null && !Number.isFinite(score)) refuse(`its score is ${score}`);
  if (probability !== null && !(probability >= 0 && probability <= 1)) refuse(`its probability is ${probability}`);
  if (label !== 0 && label !== 1) refuse(`its label is ${String(label)}, expected 0 or 1`);
  if (!VERDICTS.includes(verdict)) refuse(`its verdict is ${String(verdict)}`);
  if (score === null && probability !== null) refuse(`it has the probability ${probability} without a score`);
  if (score === null && verdict !== 'inconclusive') refuse(`it has the verdict ${verdict} without a score`);
}
