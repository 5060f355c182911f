import type { Kernels } from '@syntrace/core';
import { allOf, type Residuals } from '../residuals/residuals.js';
import { taken, withPlanes } from './blocks.js';

/** Haralick's features of a fingerprint. */
export const TEXTURE_FEATURES = 13;

/** Texture of fingerprints: values clipped to 0…1, times 255, truncated, then 13 Haralick features averaged over four directions (spec section 7.1, 7.2).
 *  float64 [fingerprints, 13] */
export const texturesOf = (kernels: Kernels, fingerprints: Residuals): Promise<Float64Array> =>
  withPlanes(kernels, fingerprints, allOf(fingerprints), async planes => {
    const levels = await kernels.quantise(planes, 'truncate');
    return taken(kernels, kernels.haralick(levels, 'mean')).finally(() => kernels.free(levels));
  });
