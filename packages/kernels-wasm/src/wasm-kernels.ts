import { type Availability, KERNEL_CONTRACT, type KernelBackend, messageOf, SyntraceError } from '@syntrace/core';
import { BridgeKernels, selfTest } from '@syntrace/kernels-bridge';
import { hasSimd } from './simd.js';
import { openBinding } from './wasm-binding.js';
import { moduleAddress } from './wasm-module.js';
import { compile, type WasmSource } from './wasm-source.js';

export interface WasmKernelsOptions {
  /** Where the module comes from; by default the file beside this package, read in Node and fetched elsewhere. */
  readonly wasmSource?: WasmSource | Promise<WasmSource>;
}

/** The WASM backend: SIMD128, one thread, in Node, browsers and workers. Nothing is loaded before it is opened. */
export function wasmKernels(options: WasmKernelsOptions = {}): KernelBackend {
  return backendOf(async () => options.wasmSource ?? moduleAddress());
}

const noSimd = {
  ok: false,
  code: 'BACKEND_UNAVAILABLE',
  message: 'this WebAssembly engine has no SIMD, and no build without it is shipped',
  hint: 'Use Node 20, Chrome or Edge 91, Firefox 89, Safari 16.4, or newer.',
} as const satisfies Availability;

export function backendOf(source: () => Promise<WasmSource>): KernelBackend {
  let compiled: Promise<WebAssembly.Module> | undefined;
  // Opened at the same time or again, it is compiled once; a failure is not kept.
  const module = () => {
    compiled ??= source()
      .then(compile)
      .catch(error => {
        compiled = undefined;
        throw error;
      });
    return compiled;
  };
  return {
    id: 'wasm',
    contract: KERNEL_CONTRACT,
    priority: 0,
    probe: async () => (hasSimd() ? { ok: true, detail: 'WebAssembly SIMD, one thread' } : noSimd),
    async open() {
      if (!hasSimd()) throw new SyntraceError('BACKEND_UNAVAILABLE', { id: 'wasm', detail: noSimd.message, remedy: noSimd.hint });
      const ready = await module();
      const kernels = new BridgeKernels({ backend: 'wasm', threads: 1, open: () => instantiate(ready) });
      await selfTest(kernels);
      return kernels;
    },
  };
}

function instantiate(module: WebAssembly.Module) {
  try {
    return openBinding(module);
  } catch (error) {
    const remedy = 'Close other pages or give the process more memory.';
    throw new SyntraceError('BACKEND_UNAVAILABLE', { id: 'wasm', detail: `it cannot be instantiated: ${messageOf(error)}`, remedy }, error);
  }
}
