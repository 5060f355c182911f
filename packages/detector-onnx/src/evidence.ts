/** What an ONNX detector showed to its network, and what that answered. */
export interface OnnxEvidence {
  /** Samples a side of what was shown. */
  readonly shown: { readonly width: number; readonly height: number };
  /** The network's answer as it came, one row of the output that the description names. */
  readonly output: readonly number[];
}
