import type { Kernels, Tensor } from '@syntrace/core';
import { type Residuals, stacked } from '../residuals/residuals.js';

/** Bytes of residuals that are sent to the kernels at one time. */
const BLOCK_BYTES = 64 << 20;

/** Numbers 0…count − 1 in runs whose residuals fit a block. */
export function blocksOf({ height, width, maps }: Residuals): readonly (readonly number[])[] {
  const each = Math.max(1, Math.floor(BLOCK_BYTES / (4 * height * width)));
  return Array.from({ length: Math.ceil(maps.length / each) }, (_, block) =>
    Array.from({ length: Math.min(each, maps.length - block * each) }, (_, i) => block * each + i),
  );
}

/** Some residuals (default: all) as a tensor [n, h, w] for the time of some work. */
export async function withPlanes<T>(
  kernels: Kernels,
  residuals: Residuals,
  indices: readonly number[] | undefined,
  work: (planes: Tensor<'f32'>) => Promise<T>,
): Promise<T> {
  const count = indices?.length ?? residuals.maps.length;
  const planes = kernels.tensor('f32', stacked(residuals, indices), [count, residuals.height, residuals.width]);
  try {
    return await work(planes);
  } finally {
    kernels.free(planes);
  }
}

/** Packed spectra of some residuals; the caller frees them. */
export const spectraOf = (kernels: Kernels, residuals: Residuals, indices?: readonly number[]): Promise<Tensor<'f32'>> =>
  withPlanes(kernels, residuals, indices, planes => kernels.pceSpectra(planes));

/** A result's elements; the tensor is given back. */
export async function taken(kernels: Kernels, made: Promise<Tensor<'f64'>>): Promise<Float64Array> {
  const tensor = await made;
  return kernels.read(tensor).finally(() => kernels.free(tensor));
}
