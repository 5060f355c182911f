export { type WasmKernelsOptions, wasmKernels } from './wasm-kernels.js';
export type { WasmSource } from './wasm-source.js';
