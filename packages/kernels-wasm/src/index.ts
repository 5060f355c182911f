import { pluginOf } from './plugin.js';
import { wasmKernels } from './wasm-kernels.js';

export { type WasmKernelsOptions, wasmKernels } from './wasm-kernels.js';
export type { WasmSource } from './wasm-source.js';

/** The plugin: the backend `wasm`. */
export default pluginOf(wasmKernels());
