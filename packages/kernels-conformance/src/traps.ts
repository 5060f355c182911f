import { type Kernels, SyntraceError } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import type { Factory } from './harness.js';

/** A backend that fails inside reports it, is reopened, and refuses the tensors of before. */
export function testTraps({ open }: Factory): void {
  describe('a trap', () => {
    test('is reported, and the backend goes on with a fresh session', async () => {
      const kernels = (await open()) as Kernels & { trapForTest(): Promise<void> };
      const before = kernels.tensor('f32', Float32Array.of(1, 2), [1, 2]);
      for (let i = 0; i < 3; i++) {
        await expect(kernels.trapForTest()).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'KERNEL_TRAP'));
      }
      await expect(kernels.dct2(before)).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'KERNEL_FOREIGN_TENSOR'));
      kernels.free(before);
      const after = kernels.tensor('f32', Float32Array.of(3, 3), [1, 2]);
      const [mean] = await kernels.read(await kernels.dct2(after));
      expect(mean).toBeCloseTo(3 * Math.SQRT2, 5);
      await kernels.close();
      await expect(kernels.dct2(after)).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'KERNEL_FOREIGN_TENSOR'));
    });

    test('of one session leaves another alone', async () => {
      const [a, b] = [await open(), await open()];
      const kept = b.tensor('f32', Float32Array.of(5), [1, 1]);
      await expect((a as unknown as { trapForTest(): Promise<void> }).trapForTest()).rejects.toThrow();
      expect(await b.read(await b.dct2(kept))).toEqual(Float32Array.of(5));
      await expect(a.dct2(kept)).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'KERNEL_FOREIGN_TENSOR'));
      await Promise.all([a.close(), b.close()]);
    });
  });
}
