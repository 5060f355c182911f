import type { Kernels } from '@syntrace/core';
import { type Residuals, stacked } from '../residuals/residuals.js';

/** Fingerprints: the mean residual of each group of pictures, summed in float64. One group is uploaded at a time. O(Σ|group|·hw) */
export async function meansOf(kernels: Kernels, residuals: Residuals, groups: readonly (readonly number[])[]): Promise<Residuals> {
  const { height, width } = residuals;
  const maps: Float32Array[] = [];
  for (const group of groups) {
    const x = kernels.tensor('f32', stacked(residuals, group), [group.length, height, width]);
    const mean = await kernels.groupMeans(x, [group.map((_, i) => i)]);
    maps.push(await kernels.read(mean));
    kernels.free(x, mean);
  }
  return { height, width, maps };
}
