import type { Tensor } from '../tensor.js';

/** What residuals of a collection have in common. The rules of all kernels hold (see `Kernels`). */
export interface CollectionKernels {
  /** Row i becomes the mean of all other rows: f32 [n,…] → same shape; sums in float64. O(input). @throws KERNEL_SHAPE for fewer than two rows */
  meansOfOthers(x: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** ln of the power at each frequency that a pattern of `period` samples can have, over the median power of the 80 frequencies around it: 0 without a
   *  pattern. f32 [n,h,w] → f64 [n,points]: (row, column)·side/period by rows, one of each conjugate pair, without the mean.
   *  O(n·hw·log hw). @throws KERNEL_SHAPE if a side is below 9·period, KERNEL_VALUE for a period below 2 */
  latticePeaks(x: Tensor<'f32'>, period: number): Promise<Tensor<'f64'>>;
}
