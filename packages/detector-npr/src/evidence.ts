import type { Window } from '@syntrace/core';
import type { Look } from './looks.js';

/** What the NPR detector looked at. */
export interface NprEvidence {
  readonly look: Look;
  /** Windows judged, in samples of the picture as it was shown to the network, with the logit of each. */
  readonly tiles: readonly (Window & { readonly score: number })[];
  /** sigmoid(score): the published probability, which is not calibrated. */
  readonly sigmoid: number;
}
