/** Element type of a tensor. */
export type DType = 'u8' | 'f32' | 'f64';

/** The typed array that holds a dtype on the host. */
export interface HostArrays {
  u8: Uint8Array;
  f32: Float32Array;
  f64: Float64Array;
}

/** A row-major array that lives where its backend keeps it. Read it with {@link Kernels.read}; give it back with {@link Kernels.free}. */
export interface Tensor<D extends DType = DType> {
  readonly dtype: D;
  /** Sizes, slowest dimension first. */
  readonly shape: readonly number[];
  /** Id of the backend that owns the memory; another backend refuses the tensor. */
  readonly backend: string;
}
