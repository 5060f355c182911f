export type { Binding } from './binding.js';
export { BridgeKernels, type BridgeOptions } from './bridge-kernels.js';
export { selfTest } from './self-test/self-test.js';
