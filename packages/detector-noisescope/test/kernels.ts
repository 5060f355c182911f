import type { Kernels } from '@syntrace/core';
import wasm from '@syntrace/kernels-wasm/inline';
import { afterAll, beforeAll } from 'vitest';

/** The WASM kernels, open while the tests of a file run. */
export function openKernels(): { readonly kernels: Kernels } {
  let opened: Kernels | undefined;
  beforeAll(async () => {
    opened = await wasm.kernels![0]!.open({ threads: 1 });
  });
  afterAll(() => opened?.close());
  return {
    get kernels() {
      if (!opened) throw new Error('the kernels are open only while tests run');
      return opened;
    },
  };
}
