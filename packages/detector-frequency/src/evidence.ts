/** What the frequency detector looked at. */
export interface FrequencyEvidence {
  /** Windows judged, corner and size in samples, with the score of each. */
  readonly windows: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly score: number }[];
  /** Of weights that tell generators apart: the probability of each class, the first real. */
  readonly classes?: readonly { readonly name: string; readonly probability: number }[];
}
