import type { DType, HostArrays } from '@syntrace/core';

/** A session of the Rust kernels: tensors by number, operations by name (`crates/kernels/src/session`).
 *  Whatever it throws is either a line of JSON with a code, or a trap. */
export interface Binding {
  upload(dtype: DType, data: HostArrays[DType], shape: readonly number[]): number;
  /** A copy of the elements, now or when what computes them is done. */
  download(id: number, dtype: DType): HostArrays[DType] | Promise<HostArrays[DType]>;
  describe(id: number): { readonly dtype: DType; readonly shape: readonly number[] };
  call(op: string, option: string, inputs: readonly number[], parameters: readonly number[]): readonly number[] | Promise<readonly number[]>;
  /** Forgets a tensor; never throws. */
  release(id: number): void;
  /** Gives everything back at once, where that should not wait for the collector. */
  close?(): void;
  /** Fails inside, to test that the caller survives it. */
  trapForTest(): void;
}
