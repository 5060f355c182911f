import type { Kernels } from '@syntrace/core';
import type { Residuals } from '../residuals/residuals.js';
import { withPlanes } from './blocks.js';

/** PCE of each member with the mean of the other members: what it would score had it not helped to make the fingerprint. */
export const pceOfMembers = (kernels: Kernels, residuals: Residuals, members: readonly number[]): Promise<readonly number[]> =>
  withPlanes(kernels, residuals, members, async planes => {
    const others = await kernels.meansOfOthers(planes);
    const reports = await kernels.pce(others, planes).finally(() => kernels.free(others));
    return reports.map(({ pce }) => pce);
  });
