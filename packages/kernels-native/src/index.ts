export { type NativeKernelsOptions, nativeKernels } from './native-kernels.js';
