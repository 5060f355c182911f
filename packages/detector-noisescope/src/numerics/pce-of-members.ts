import type { Kernels } from '@syntrace/core';
import { allOf, joinedResiduals, type Residuals, residualsOf, subset } from '../residuals/residuals.js';
import { blocksOf, withPlanes } from './blocks.js';
import { sumOf } from './means.js';

/** PCE of each member with the mean of the other members: what it would score had it not helped to make the fingerprint. Exact by linearity: members of
 *  other blocks join in as their sum, and PCE is free of scale. O(members · hw·log hw), a block with the kernels at a time */
export async function pceOfMembers(
  kernels: Kernels,
  residuals: Residuals,
  members: readonly number[],
  blocks = blocksOf(residuals, members),
): Promise<readonly number[]> {
  const sums: Float32Array[] = [];
  if (blocks.length > 1) for (const block of blocks) sums.push(await sumOf(kernels, residuals, block));
  const out: number[] = [];
  for (const [i, block] of blocks.entries()) {
    const rest = sums.filter((_, other) => other !== i);
    const planes = rest.length > 0 ? await withRest(kernels, subset(residuals, block), rest) : subset(residuals, block);
    out.push(...(await pceWithoutThemselves(kernels, planes)).slice(0, block.length));
  }
  return out;
}

async function withRest(kernels: Kernels, block: Residuals, sums: readonly Float32Array[]): Promise<Residuals> {
  const held = residualsOf(block.height, block.width, sums);
  const rest = await sumOf(
    kernels,
    held,
    sums.map((_, i) => i),
  );
  return joinedResiduals([block, residualsOf(block.height, block.width, [rest])]);
}

const pceWithoutThemselves = (kernels: Kernels, residuals: Residuals): Promise<readonly number[]> =>
  withPlanes(kernels, residuals, allOf(residuals), async planes => {
    const others = await kernels.meansOfOthers(planes);
    const reports = await kernels.pce(others, planes).finally(() => kernels.free(others));
    return reports.map(({ pce }) => pce);
  });
