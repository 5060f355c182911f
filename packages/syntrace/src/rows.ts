import { isFailure, type Outcome, type Verdict, type Warning } from '@syntrace/core';

/** One line of `--ndjson`: the answer for one picture. */
export interface DetectRow {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly verdict: Verdict;
  readonly probability: number | null;
  readonly score: number | null;
  readonly threshold: number | null;
  /** Share of real photographs that score at least this high. */
  readonly realShare: number | null;
  readonly detectors: readonly {
    readonly id: string;
    readonly version: string;
    readonly score: number | null;
    readonly probability: number | null;
    readonly ms: number;
    /** What it added to the ensemble's score. */
    readonly added?: number;
    /** Why it abstained. */
    readonly reason?: string;
  }[];
  readonly warnings: readonly Warning[];
}

/** One line for a file that could not be judged. */
export interface FailedRow {
  readonly path: string;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

export type Row = DetectRow | FailedRow;

export const isFailedRow = (row: Row): row is FailedRow => 'error' in row;

/** `threshold` given: decides anew on the score, without an abstention band. */
export function rowOf(outcome: Outcome, threshold?: number): Row {
  if (isFailure(outcome)) return { path: outcome.uri, error: outcome.error.toJSON() };
  const { uri, width, height, probability, score, realShare, detectors, warnings } = outcome;
  const decided = threshold !== undefined && score !== null ? (score > threshold ? 'synthetic' : 'real') : outcome.verdict;
  return {
    path: uri,
    width,
    height,
    verdict: decided,
    probability,
    score,
    threshold: score === null ? null : (threshold ?? outcome.threshold),
    realShare,
    detectors: detectors.map(({ id, version, score, probability, ms, added, warnings: [reason] }) => ({
      id,
      version,
      score,
      probability,
      ms: Math.round(ms * 1000) / 1000,
      ...(added !== undefined && { added }),
      ...(score === null && reason && { reason: reason.message }),
    })),
    warnings,
  };
}
