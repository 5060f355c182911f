import type { Window } from '@syntrace/core';

/** What a baseline looked at and how its classes scored. */
export interface BaselineEvidence {
  /** The window that was judged, in samples of the picture; `null` for the whole. */
  readonly window: Window | null;
  /** Each class with its score: shares of votes, correlations or decisions. Of two classes one decision stands for the second, or of a one-class machine for the first. */
  readonly classes: readonly { readonly name: string; readonly score: number }[];
}
