import type { Verdict } from '@syntrace/core';

/** What a detector said of one picture whose truth is known. */
export interface EvaluationRow {
  /** Raw score, higher is more synthetic; `null` when the detector abstained. */
  readonly score: number | null;
  /** Calibrated probability that it is synthetic, 0…1, or `null`. */
  readonly probability: number | null;
  /** At the shipped threshold. */
  readonly verdict: Verdict;
  /** 0 = real, 1 = synthetic. */
  readonly label: 0 | 1;
  /** Generator or family; the real pictures beside its fakes carry the same name. */
  readonly group: string;
  /** What a detector that tells sources apart took it for: `real` or a generator's name. */
  readonly named?: string | null;
}
