/** What NoiseScope saw in one picture of a collection. */
export interface NoiseScopeEvidence {
  /** The cluster it fell into; alone: a cluster of one. */
  readonly cluster: string | null;
  /** The flagged fingerprint with the largest PCE. */
  readonly fingerprint: string | null;
  /** PCE with each flagged fingerprint. */
  readonly pce: Readonly<Record<string, number>>;
  /** Strength of the periodic trace found in the collection, if one was. */
  readonly periodic: number | null;
}
