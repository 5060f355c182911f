import type { Kernels } from '@syntrace/core';
import type { Residuals } from '../residuals/residuals.js';
import { blocksOf, spectraOf, taken } from './blocks.js';

/** PCE of every residual with every fingerprint: [residuals, fingerprints], row-major (spec section 8). Residuals go to the kernels in blocks. */
export async function pceAgainst(
  kernels: Kernels,
  fingerprints: Residuals,
  residuals: Residuals,
  onBlock: (done: number) => void = () => {},
): Promise<Float64Array> {
  const columns = fingerprints.count;
  const out = new Float64Array(residuals.count * columns);
  const known = await spectraOf(kernels, fingerprints);
  try {
    for (const block of blocksOf(residuals)) {
      const spectra = await spectraOf(kernels, residuals, block);
      out.set(await taken(kernels, kernels.pcePairs([spectra, known], residuals)).finally(() => kernels.free(spectra)), block[0]! * columns);
      onBlock(block.at(-1)! + 1);
    }
  } finally {
    kernels.free(known);
  }
  return out;
}
