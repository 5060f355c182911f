import type { CollectionKernels } from './kernels/collections.js';
import type { CorrelationKernels } from './kernels/correlation.js';
import type { FilterKernels } from './kernels/filters.js';
import type { ForensicKernels } from './kernels/forensics.js';
import type { NeighbourKernels } from './kernels/neighbours.js';
import type { NoiseKernels } from './kernels/noise.js';
import type { PixelKernels } from './kernels/pixels.js';
import type { RowKernels } from './kernels/rows.js';
import type { SpectrumKernels } from './kernels/spectra.js';
import type { TextureKernels } from './kernels/texture.js';
import type { TransformKernels } from './kernels/transforms.js';
import type { DType, HostArrays, Tensor } from './tensor.js';

export type * from './kernels/collections.js';
export type * from './kernels/correlation.js';
export type * from './kernels/filters.js';
export type * from './kernels/forensics.js';
export type * from './kernels/neighbours.js';
export type * from './kernels/noise.js';
export type * from './kernels/pixels.js';
export type * from './kernels/rows.js';
export type * from './kernels/spectra.js';
export type * from './kernels/texture.js';
export type * from './kernels/transforms.js';

/** Number of the kernel contract. A change that a backend or a caller can notice makes a new number. */
export const KERNEL_CONTRACT = 1;

/** Why a backend can, or cannot, be used here. Reasons are data: `doctor` prints them. */
export type Availability =
  | { readonly ok: true; readonly detail: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint: string };

/** How to open a backend. */
export interface KernelOptions {
  /** Upper bound of threads for kernels; 1 means none beside the caller's. Default: the machine's cores. */
  readonly threads?: number;
}

/** A numeric backend that a plugin offers. */
export interface KernelBackend {
  readonly id: string;
  readonly contract: typeof KERNEL_CONTRACT;
  /** `auto` takes the available backend of the highest priority; below 0: only when named. */
  readonly priority: number;
  /** Cheap question whether `open` can work here. Never throws. */
  probe(): Promise<Availability>;
  /** Opens and self-tests the backend. @throws BACKEND_UNAVAILABLE, BACKEND_SELF_TEST */
  open(options: KernelOptions): Promise<Kernels>;
}

/** Batched numeric operations. Every method resolves to new tensors, leaves its arguments as they are, and rejects with
 *  KERNEL_SHAPE (wrong sizes), KERNEL_DTYPE, KERNEL_FOREIGN_TENSOR (another backend's or a freed tensor) or KERNEL_TRAP (the backend
 *  failed and was reopened; tensors of before are gone). */
export interface Kernels
  extends PixelKernels,
    TransformKernels,
    RowKernels,
    NoiseKernels,
    CorrelationKernels,
    TextureKernels,
    SpectrumKernels,
    FilterKernels,
    NeighbourKernels,
    ForensicKernels,
    CollectionKernels {
  readonly backend: string;
  readonly threads: number;

  /** Copies host data in. `data.length` must be the product of `shape`. */
  tensor<D extends DType>(dtype: D, data: HostArrays[D], shape: readonly number[]): Tensor<D>;
  /** Copies a tensor out. */
  read<D extends DType>(tensor: Tensor<D>): Promise<HostArrays[D]>;
  /** Gives memory back; freeing twice is harmless. */
  free(...tensors: Tensor[]): void;
  close(): Promise<void>;
}
