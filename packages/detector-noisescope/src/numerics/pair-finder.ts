import type { Pair } from '../cluster/pce-table.js';

/** Finds the pairs above a threshold somewhere else, e.g. on other machines; made by the host. */
export interface PairFinder {
  /** Pairs of packed spectra `rows` (each of one length, as `pceSpectra` gives them) from row `from` on with all earlier ones, above (not at) the threshold, in any order.
   *  Their values are those of `pceAbove`. A row that comes again is the same array. */
  find(
    rows: readonly Float32Array[],
    request: { readonly from: number; readonly height: number; readonly width: number; readonly threshold: number; readonly signal?: AbortSignal },
    compared: (done: number, total: number) => void,
  ): Promise<readonly Pair[]>;
}
