/** Two clusters by their place in the list, the later one first, with their PCE. */
export interface Pair {
  readonly row: number;
  readonly column: number;
  readonly pce: number;
}

/** PCE between the fingerprints of all clusters of a list that changes by merging: at first one picture each. */
export interface PceTable {
  /** Clusters in the list. */
  readonly count: number;
  /** Pairs above the threshold of the table (strictly), in row-major order of the lower triangle. */
  above(): Promise<readonly Pair[]>;
  /** Removes both clusters of each pair from the list and appends their unions in the order of the pairs. Each cluster is in one pair at most. */
  merge(pairs: readonly Pair[]): Promise<void>;
  /** The present table [count, count], row-major, lower triangle filled, 0 elsewhere. */
  matrix(): Promise<Float64Array>;
}
