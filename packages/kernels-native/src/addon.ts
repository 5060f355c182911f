/** What the addon exports (`crates/kernels-node/src/lib.rs`). */
export interface Addon {
  readonly Session: new (threads: number) => AddonSession;
  /** Panics inside; the addon must turn that into an error. */
  __panic_for_test(): void;
}

export interface AddonSession {
  simd(): string;
  upload(dtype: string, data: Uint8Array, shape: readonly number[]): number;
  download(id: number, to: Uint8Array): void;
  shape(id: number): number[];
  dtype(id: number): string;
  release(id: number): void;
  usage(): [count: number, bytes: number];
  call(op: string, option: string, inputs: readonly number[], parameters: readonly number[]): number[];
  callAsync(op: string, option: string, inputs: readonly number[], parameters: readonly number[]): Promise<number[]>;
  trapForTest(): void;
}
