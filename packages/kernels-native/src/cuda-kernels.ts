import { availableParallelism } from 'node:os';
import { type Availability, KERNEL_CONTRACT, type KernelBackend, messageOf, SyntraceError } from '@syntrace/core';
import { BridgeKernels, selfTest } from '@syntrace/kernels-bridge';
import type { CudaAddon } from './addon.js';
import { bindingOf } from './addon-binding.js';
import { type CudaProbe, type CudaRefusal, hintFor, parseRefusal } from './cuda-probe.js';
import { type Loaded, loadCudaAddon } from './load-addon.js';

export interface CudaKernelsOptions {
  /** Finds the addon; by default beside this package or in the package of this platform. */
  readonly load?: () => Loaded<CudaAddon>;
  /** Whose Fourier transforms: cuFFT's where its library is found (`auto`), always our own, or cuFFT's and nothing else. */
  readonly transforms?: 'auto' | 'own' | 'cufft';
}

/** The backend on NVIDIA cards. Its kernels are in the addon; on the machine only the driver is needed. Tensors stay on the card between
 *  operations; operations without kernels of the card are computed by the CPU, with a copy each way. */
export function cudaKernels({ load = loadCudaAddon, transforms = 'auto' }: CudaKernelsOptions = {}): KernelBackend {
  let loaded: Loaded<CudaAddon> | undefined;
  const find = (): Loaded<CudaAddon> => {
    loaded ??= load();
    return loaded;
  };
  return {
    id: 'cuda',
    contract: KERNEL_CONTRACT,
    priority: 20,
    async probe(): Promise<Availability> {
      const found = find();
      if (!found.addon) return { ok: false, code: 'BACKEND_UNAVAILABLE', message: found.reason, hint: found.hint };
      const card = JSON.parse(found.addon.probeCuda()) as CudaProbe;
      if (!card.ok) return { ok: false, code: 'BACKEND_UNAVAILABLE', message: card.detail, hint: hintFor(card) };
      const gibibytes = Math.round(card.memory / 2 ** 30);
      return { ok: true, detail: `${card.name}, compute capability ${card.capability}, ${gibibytes} GiB, cuFFT ${card.cufft ? 'found' : 'not found'}` };
    },
    async open({ threads = availableParallelism() }) {
      const found = find();
      if (!found.addon) throw new SyntraceError('BACKEND_UNAVAILABLE', { id: 'cuda', detail: found.reason, remedy: found.hint });
      const { addon } = found;
      const count = Math.max(1, Math.floor(threads));
      const routes = JSON.parse(addon.cudaRoutes()) as Record<string, string>;
      // What is only queued costs less than a thread's waking.
      const inBackground = (op: string) => routes[op] !== 'queued';
      const open = () => bindingOf(openCard(addon, count, transforms), { inBackground, downloadsWait: true });
      const kernels = new BridgeKernels({ backend: 'cuda', threads: count, open });
      await selfTest(kernels).catch(async (error: unknown) => {
        await kernels.close();
        throw error;
      });
      return kernels;
    },
  };
}

function openCard(addon: CudaAddon, threads: number, transforms: string) {
  try {
    return addon.openCuda(threads, transforms);
  } catch (error) {
    const refusal: CudaRefusal = parseRefusal(messageOf(error));
    throw new SyntraceError('BACKEND_UNAVAILABLE', { id: 'cuda', detail: refusal.detail, remedy: hintFor(refusal) }, error);
  }
}
