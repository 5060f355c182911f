import bytes from '../pkg/syntrace_kernels_wasm_bg.wasm';
import { pluginOf } from './plugin.js';
import { backendOf } from './wasm-kernels.js';

/** The WASM backend with the module embedded: nothing is fetched or read, at the price of a third more bytes. */
export const wasmKernels = () => backendOf(async () => bytes);

/** The plugin: the backend `wasm`, embedded. */
export default pluginOf(wasmKernels());
