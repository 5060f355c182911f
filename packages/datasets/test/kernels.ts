import type { Kernels } from '@syntrace/core';
import { nativeKernels } from '@syntrace/kernels-native';
import wasm from '@syntrace/kernels-wasm';
import { afterAll, beforeAll } from 'vitest';

/** Kernels opened once for a file of tests: native where they are built, WASM elsewhere. */
export function openKernels(): () => Kernels {
  let kernels: Kernels | undefined;
  beforeAll(async () => {
    const backend = nativeKernels();
    const { ok } = await backend.probe();
    kernels = await (ok ? backend : wasm.kernels![0]!).open({ threads: 2 });
  });
  afterAll(() => kernels?.close());
  return () => {
    if (!kernels) throw new Error('the kernels are open only while tests run');
    return kernels;
  };
}
