/** What the addon exports (`crates/kernels-node`). */
export interface Addon {
  readonly Session: new (threads: number) => AddonSession;
  /** Panics inside; the addon must turn that into an error. */
  __panic_for_test(): void;
}

/** What the addon exports that was built with the feature `cuda`. */
export interface CudaAddon extends Addon {
  /** JSON of a {@link CudaProbe}; never throws. */
  probeCuda(): string;
  /** JSON of where each operation runs: `queued` and `waits` on the card, `host` on the CPU. */
  cudaRoutes(): string;
  /** Bytes copied a second within the card, and fused float32 operations a second; takes a second and two GiB of its memory. */
  measureCuda(): [copy: number, fused: number];
  /** Throws the JSON of a refusal. */
  openCuda(threads: number, transforms: string): AddonSession;
}

export interface AddonSession {
  simd(): string;
  upload(dtype: string, data: Uint8Array, shape: readonly number[]): number;
  download(id: number, to: Uint8Array): void;
  downloadAsync(id: number, to: Uint8Array): Promise<void>;
  shape(id: number): number[];
  dtype(id: number): string;
  release(id: number): void;
  close(): void;
  /** Tensors and their bytes; on a card also its free and total bytes, calls that it computed and calls that the CPU did. */
  usage(): number[];
  call(op: string, option: string, inputs: readonly number[], parameters: readonly number[]): number[];
  callAsync(op: string, option: string, inputs: readonly number[], parameters: readonly number[]): Promise<number[]>;
  trapForTest(): void;
}
