import type { Kernels } from '@syntrace/core';
import type { Residuals } from '../residuals/residuals.js';
import { spectraOf, taken } from './blocks.js';

/** PCE of all pairs [n, n], row-major, lower triangle, 0 elsewhere (spec sections 4 and 13.1). */
export async function pceAll(kernels: Kernels, residuals: Residuals): Promise<Float64Array> {
  const spectra = await spectraOf(kernels, residuals);
  return taken(kernels, kernels.pcePairs(spectra, residuals)).finally(() => kernels.free(spectra));
}
