import type { Tensor } from '../tensor.js';

/** Running statistics per coefficient; merges are exact in float64 (Chan). Values are opaque to callers but for `count`. */
export interface Moments {
  readonly count: number;
  /** float64, flat, the samples' shape. */
  readonly mean: Float64Array;
  /** Sum of squared deviations, float64; population variance is `m2 / count`. */
  readonly m2: Float64Array;
}

/** Settings of a step of Adam. */
export interface AdamOptions {
  /** Number of this step, from 1. */
  readonly step: number;
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Where epsilon goes: beside the root of the corrected second moment (the paper, PyTorch) or of the moment itself (Keras). */
  readonly form: 'corrected' | 'uncorrected';
}

/** What a step of Adam changes. */
export interface AdamState<D extends 'f32' | 'f64'> {
  readonly parameters: Tensor<D>;
  readonly first: Tensor<D>;
  readonly second: Tensor<D>;
}

/** Rows of features: statistics and layers. The rules of all kernels hold (see `Kernels`). */
export interface RowKernels {
  /** Adds samples [n,…] to running statistics (`null` starts them). float64 accumulation. */
  moments(state: Moments | null, samples: Tensor<'f32' | 'f64'>): Promise<Moments>;
  /** (x − mean)/deviation per coefficient; x [b,f], mean and deviation [f], all of one precision. @throws KERNEL_VALUE if a deviation is not above 0 */
  standardize<D extends 'f32' | 'f64'>(x: Tensor<D>, mean: Tensor<D>, deviation: Tensor<D>): Promise<Tensor<D>>;
  /** Wx + b: x [b,f], weights [k,f], bias [k] → [b,k]; sums in float64. */
  linear(x: Tensor<'f32'>, weights: Tensor<'f32'>, bias: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** Rows joined along the last axis: [b,f1], [b,f2], … → [b,f1+f2+…]. Inputs may have more dimensions; all but the first are flattened. */
  concat(parts: readonly Tensor<'f32'>[]): Promise<Tensor<'f32'>>;
  /** One step of Adam: the state after it from the state before and the gradient, all of one shape; float64 inside. O(n).
   *  @throws KERNEL_VALUE for settings out of range */
  adam<D extends 'f32' | 'f64'>(state: AdamState<D>, gradient: Tensor<D>, options: AdamOptions): Promise<AdamState<D>>;
}
