declare module 'virtual:kernels-glue' {
  /** wasm-bindgen's class over `crates/kernels-wasm/src/lib.rs`. */
  interface Session {
    allocate(dtype: string, shape: Uint32Array): number;
    address(id: number): number;
    shape(id: number): Uint32Array;
    dtype(id: number): string;
    release(id: number): void;
    usage(): Uint32Array;
    call(op: string, option: string, inputs: Uint32Array, parameters: Float64Array): Uint32Array;
    trapForTest(): void;
  }

  /** wasm-bindgen's glue, with module variables of its own. */
  export function createGlue(): {
    readonly initSync: (options: { module: WebAssembly.Module }) => { readonly memory: WebAssembly.Memory };
    readonly Session: new () => Session;
  };
}

declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
