import { nativeKernels } from './native-kernels.js';
import { pluginOf } from './plugin.js';

export { type NativeKernelsOptions, nativeKernels } from './native-kernels.js';

/** The plugin: the backend `native`. */
export default pluginOf(nativeKernels());
