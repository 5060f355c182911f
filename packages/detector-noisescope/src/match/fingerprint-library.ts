import { equalSpacedQuantiles, type Kernels, quantileOf } from '@syntrace/core';
import { meansOf } from '../numerics/means.js';
import { pceAgainst } from '../numerics/pce-against.js';
import { allOf, type Residuals } from '../residuals/residuals.js';
import type { Library } from './library.js';

export interface FingerprintOptions {
  /** Photographs whose largest PCE gives the threshold. */
  readonly reference?: Residuals | undefined;
  readonly percentile: number;
  /** Pictures averaged at most; the published picture takes the first 150. */
  readonly most?: number | undefined;
}

const QUANTILES = 101;

/** The fingerprint of pictures that are known, or taken, to come from one generator, as a library of one (spec section 9). */
export async function fingerprintLibrary(residuals: Residuals, { reference, percentile, most }: FingerprintOptions, kernels: Kernels): Promise<Library> {
  const members = allOf(residuals).slice(0, most);
  const fingerprints = await meansOf(kernels, residuals, [members]);
  const scores = reference && Float64Array.from(await pceAgainst(kernels, fingerprints, reference)).sort();
  return {
    fingerprints,
    pictures: [members.length],
    threshold: scores ? quantileOf(scores, percentile / 100) : null,
    referenceQuantiles: scores ? equalSpacedQuantiles(scores, QUANTILES) : [],
  };
}
