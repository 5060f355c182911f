import type { Kernels } from '@syntrace/core';
import { type Residuals, stacked } from '../residuals/residuals.js';

/** Haralick's features of a fingerprint. */
export const TEXTURE_FEATURES = 13;

/** Texture of fingerprints: values clipped to 0…1, times 255, truncated, then 13 Haralick features averaged over four directions (spec section 7.1, 7.2).
 *  float64 [fingerprints, 13] */
export async function texturesOf(kernels: Kernels, fingerprints: Residuals): Promise<Float64Array> {
  const { height, width, maps } = fingerprints;
  const planes = kernels.tensor('f32', stacked(fingerprints), [maps.length, height, width]);
  const levels = await kernels.quantise(planes, 'truncate');
  const features = await kernels.haralick(levels, 'mean');
  const values = await kernels.read(features);
  kernels.free(planes, levels, features);
  return values;
}
