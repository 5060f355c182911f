import { cudaKernels } from './cuda-kernels.js';
import { nativeKernels } from './native-kernels.js';
import { pluginOf } from './plugin.js';

export { type CudaKernelsOptions, cudaKernels } from './cuda-kernels.js';
export { type NativeKernelsOptions, nativeKernels } from './native-kernels.js';

/** The plugin: the backends `cuda` and `native`. */
export default pluginOf([cudaKernels(), nativeKernels()]);
