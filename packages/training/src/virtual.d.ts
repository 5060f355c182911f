declare module 'virtual:learn-glue' {
  /** A function of `crates/learn-wasm/src/lib.rs`: weights…, biases…, iterations, gradient. Only `elastic` takes the last one. */
  type Fit = (x: Float32Array, y: Uint8Array, sampleWeights: Float64Array, features: number, classes: number, l2: number, l1: number) => Float64Array;

  /** wasm-bindgen's glue, with module variables of its own. */
  export function createGlue(): {
    readonly initSync: (options: { module: WebAssembly.Module }) => unknown;
    readonly logistic: Fit;
    readonly ridge: Fit;
    readonly elastic: Fit;
    readonly squaredHinge: Fit;
    /** Rows…, their coefficients…, the offset. */
    readonly oneClass: (x: Float32Array, features: number, nu: number, gamma: number, tolerance: number) => Float64Array;
  };
}
