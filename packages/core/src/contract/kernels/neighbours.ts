import type { Tensor } from '../tensor.js';

type Floats = 'f32' | 'f64';

/** Distances between rows and their principal axes. Rows are [n,…], all but the first size flattened; results are float64. The rules of all
 *  kernels hold (see `Kernels`), and KERNEL_VALUE is thrown for values that are not finite. */
export interface NeighbourKernels {
  /** Euclidean distances of rows [n,f] from rows [m,f] → [n,m], within 1e-11 relative; equal rows are 0 apart. O(n·m·f). */
  distances<D extends Floats>(a: Tensor<D>, b: Tensor<D>): Promise<Tensor<'f64'>>;
  /** The `k` nearest rows of each query and their indices (whole numbers), nearest first, the smaller index first where distances are equal:
   *  [n,k] both. `withoutSelf` leaves row i out for query i. O(n·m·f). @throws KERNEL_VALUE unless there are k rows to choose from */
  nearest<D extends Floats>(
    queries: Tensor<D>,
    rows: Tensor<D>,
    options: { readonly k: number; readonly withoutSelf: boolean },
  ): Promise<{ distances: Tensor<'f64'>; indices: Tensor<'f64'> }>;
  /** Eigenvalues [n], largest first, and unit eigenvectors as rows [n,n] of a symmetric matrix [n,n] (lower half read). The component of
   *  largest size is positive. One thread, O(n³). @throws KERNEL_SHAPE if it is not square */
  symmetricEigen(x: Tensor<'f64'>): Promise<{ values: Tensor<'f64'>; vectors: Tensor<'f64'> }>;
  /** Thin singular value decomposition of [m,n] with k = min(m,n): u [m,k], s [k] largest first, v [k,n] as rows, signs as
   *  {@link symmetricEigen}. One thread, O(m·n·k). */
  svd(x: Tensor<'f64'>): Promise<{ u: Tensor<'f64'>; s: Tensor<'f64'>; v: Tensor<'f64'> }>;
  /** Principal components of rows [n,f], centred, not scaled: mean [f], `count` unit axes [count,f] (signs as {@link symmetricEigen}) and all
   *  variances [min(n,f)], divided by n − 1. O(n·f·min + min³). @throws KERNEL_VALUE for more axes than have variance */
  principalAxes(rows: Tensor<Floats>, count: number): Promise<{ mean: Tensor<'f64'>; axes: Tensor<'f64'>; variances: Tensor<'f64'> }>;
}
