import { availableParallelism } from 'node:os';
import { type Availability, KERNEL_CONTRACT, type KernelBackend, SyntraceError } from '@syntrace/core';
import { BridgeKernels, selfTest } from '@syntrace/kernels-bridge';
import { bindingOf } from './addon-binding.js';
import { type Loaded, loadAddon } from './load-addon.js';

/** Below this many elements a call is done sooner than a thread is woken for it. */
const WORTH_A_THREAD = 1 << 15;

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
      const inBackground = (_op: string, weight: number) => count > 1 && weight >= WORTH_A_THREAD;
      const kernels = new BridgeKernels({
        backend: 'native',
        threads: count,
        open: () => bindingOf(new addon.Session(count), { inBackground, downloadsWait: false }),
      });
      await selfTest(kernels);
      return kernels;
    },
  };
}
