import { BatchRun, type DetectorContext, type KernelBackend, type Kernels, Registry, type Run, standardPlugin } from '@syntrace/core';
import wasm from '@syntrace/kernels-wasm/inline';
import { afterAll, beforeAll } from 'vitest';

/** What a detector gets from its host, on the WASM kernels. */
export interface TestHost {
  readonly context: DetectorContext;
  /** A run that ends with the work. */
  withRun<T>(work: (run: Run) => Promise<T>): Promise<T>;
}

const silent = { debug() {}, info() {}, warn() {} };

/** Kernels opened once for a file of tests, by default those of WASM. */
export function openHost(backend: KernelBackend = wasm.kernels![0]!): TestHost {
  let kernels: Kernels | undefined;
  beforeAll(async () => {
    kernels = await backend.open({ threads: 1 });
  });
  afterAll(() => kernels?.close());
  const opened = () => {
    if (!kernels) throw new Error('the kernels are open only while tests run');
    return kernels;
  };
  const { signal } = new AbortController();
  const loadAsset = async (url: URL) => {
    throw new Error(`nothing is at ${url.href}`);
  };
  return {
    get context() {
      return { kernels: opened(), loadAsset, logger: silent, signal };
    },
    async withRun(work) {
      const registry = new Registry();
      registry.use(standardPlugin('0.0.0'));
      const run = new BatchRun(registry, opened(), silent, signal);
      try {
        return await work(run);
      } finally {
        await run.end();
      }
    },
  };
}
