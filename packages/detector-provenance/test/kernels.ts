import type { Kernels } from '@syntrace/core';
import wasm from '@syntrace/kernels-wasm/inline';
import { afterAll, beforeAll } from 'vitest';

/** WASM kernels opened once for a file of tests. */
export function openKernels(): () => Kernels {
  let kernels: Kernels | undefined;
  beforeAll(async () => {
    kernels = await wasm.kernels![0]!.open({ threads: 1 });
  });
  afterAll(() => kernels?.close());
  return () => {
    if (!kernels) throw new Error('the kernels are open only while tests run');
    return kernels;
  };
}
