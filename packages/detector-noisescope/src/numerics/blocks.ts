import type { Kernels, Tensor } from '@syntrace/core';
import { allOf, type Residuals } from '../residuals/residuals.js';

/** Bytes of residuals that are sent to the kernels at one time. */
const BLOCK_BYTES = 64 << 20;

/** Some numbers (default: all) in runs whose residuals fit a block. */
export function blocksOf(
  residuals: Pick<Residuals, 'height' | 'width' | 'count'>,
  indices: readonly number[] = allOf(residuals),
): readonly (readonly number[])[] {
  const each = Math.max(1, Math.floor(BLOCK_BYTES / (4 * residuals.height * residuals.width)));
  return Array.from({ length: Math.ceil(indices.length / each) }, (_, block) => indices.slice(block * each, (block + 1) * each));
}

/** Some residuals as a tensor [n, h, w] for the time of some work. */
export async function withPlanes<T>(
  kernels: Kernels,
  residuals: Residuals,
  indices: readonly number[],
  work: (planes: Tensor<'f32'>) => Promise<T>,
): Promise<T> {
  const planes = kernels.tensor('f32', await residuals.stack(indices), [indices.length, residuals.height, residuals.width]);
  try {
    return await work(planes);
  } finally {
    kernels.free(planes);
  }
}

/** Packed spectra of some residuals (default: all); the caller frees them. */
export const spectraOf = (kernels: Kernels, residuals: Residuals, indices = allOf(residuals)): Promise<Tensor<'f32'>> =>
  withPlanes(kernels, residuals, indices, planes => kernels.pceSpectra(planes));

/** A result's elements; the tensor is given back. */
export async function taken<D extends 'f32' | 'f64'>(kernels: Kernels, made: Promise<Tensor<D>>) {
  const tensor = await made;
  return kernels.read(tensor).finally(() => kernels.free(tensor));
}
