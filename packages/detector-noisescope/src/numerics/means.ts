import type { Kernels } from '@syntrace/core';
import { type HeldResiduals, type Residuals, residualsOf } from '../residuals/residuals.js';
import { blocksOf, taken, withPlanes } from './blocks.js';

/** Fingerprints: the mean residual of each group of pictures, summed in float64. Groups larger than a block are the weighted mean of their blocks' means.
 *  One block is with the kernels at a time. O(Σ|group|·hw) */
export async function meansOf(kernels: Kernels, residuals: Residuals, groups: readonly (readonly number[])[]): Promise<HeldResiduals> {
  const maps: Float32Array[] = [];
  for (const group of groups) maps.push(await combined(kernels, residuals, group, 'groupMeans'));
  return residualsOf(residuals.height, residuals.width, maps);
}

/** The sum of the residuals of a group. PCE is free of scale, and sums add up when clusters merge. */
export const sumOf = (kernels: Kernels, residuals: Residuals, group: readonly number[]): Promise<Float32Array> =>
  combined(kernels, residuals, group, 'groupSums');

async function combined(kernels: Kernels, residuals: Residuals, group: readonly number[], how: 'groupMeans' | 'groupSums'): Promise<Float32Array> {
  const { height, width } = residuals;
  const blocks = blocksOf(residuals, group);
  const parts: Float32Array[] = [];
  for (const block of blocks) parts.push(await withPlanes(kernels, residuals, block, planes => taken(kernels, kernels[how](planes, [block.map((_, i) => i)]))));
  if (parts.length === 1) return parts[0]!;
  // A part counts in the mean as often as it has members.
  const weights = blocks.flatMap((block, part) => (how === 'groupSums' ? [part] : block.map(() => part)));
  return withPlanes(
    kernels,
    residualsOf(height, width, parts),
    parts.map((_, i) => i),
    planes => taken(kernels, kernels[how](planes, [weights])),
  );
}
