import { availableParallelism } from 'node:os';
import { type Availability, KERNEL_CONTRACT, type KernelBackend, SyntraceError } from '@syntrace/core';
import { BridgeKernels, selfTest } from '@syntrace/kernels-bridge';
import { type Loaded, loadAddon } from './load-addon.js';
import { openBinding } from './native-binding.js';

export interface NativeKernelsOptions {
  /** Finds the addon; by default beside this package or in the package of this platform. */
  readonly load?: () => Loaded;
}

/** The native backend: the instruction set is chosen when it is opened (AVX-512, AVX2, NEON or the processor's base), threads as asked. */
export function nativeKernels(options: NativeKernelsOptions = {}): KernelBackend {
  let loaded: Loaded | undefined;
  const find = (): Loaded => {
    loaded ??= (options.load ?? loadAddon)();
    return loaded;
  };
  return {
    id: 'native',
    contract: KERNEL_CONTRACT,
    priority: 10,
    async probe(): Promise<Availability> {
      const found = find();
      if (!found.addon) return { ok: false, code: 'BACKEND_UNAVAILABLE', message: found.reason, hint: found.hint };
      return { ok: true, detail: `Node addon, ${new found.addon.Session(1).simd()}` };
    },
    async open({ threads = availableParallelism() }) {
      const found = find();
      if (!found.addon) throw new SyntraceError('BACKEND_UNAVAILABLE', { id: 'native', detail: found.reason, remedy: found.hint });
      const { addon } = found;
      const count = Math.max(1, Math.floor(threads));
      const kernels = new BridgeKernels({ backend: 'native', threads: count, open: () => openBinding(addon, count) });
      await selfTest(kernels);
      return kernels;
    },
  };
}
