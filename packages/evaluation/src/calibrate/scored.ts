import { SyntraceError } from '@syntrace/core';

/** A picture with a score whose truth is known. */
export interface Scored {
  readonly score: number;
  readonly label: 0 | 1;
  readonly group: string;
}

/** Rows with a score. @throws TRAINING_INVALID when a class is missing or a score is not finite */
export function scoredRows<R extends { readonly score: number | null; readonly label: 0 | 1 }>(
  rows: readonly R[],
): readonly (R & { readonly score: number })[] {
  const scored = rows.filter((row): row is R & { readonly score: number } => row.score !== null);
  const counts = [0, 1].map(label => scored.filter(row => row.label === label).length);
  if (counts.includes(0)) throw unusable(`${counts[0]} real and ${counts[1]} synthetic pictures have a score`);
  const strange = scored.find(row => !Number.isFinite(row.score));
  if (strange) throw unusable(`a score is ${strange.score}`);
  return scored;
}

export const unusable = (detail: string): SyntraceError => new SyntraceError('TRAINING_INVALID', { detail: `scores cannot be calibrated: ${detail}` });

/** The scores of one class, ascending. */
export const scoresOf = (rows: readonly { readonly score: number; readonly label: 0 | 1 }[], label: 0 | 1): Float64Array =>
  Float64Array.from(
    rows.filter(row => row.label === label),
    row => row.score,
  ).sort();
