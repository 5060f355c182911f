import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import type { Harness } from './harness.js';
import { tolerances } from './tolerances.js';

/** What residuals of a collection have in common. */
export function testCollections(h: Harness): void {
  describe('collections', () => {
    test('meansOfOthers leaves each row out of its own mean', async () => {
      const x = h.keep(h.kernels.tensor('f32', Float32Array.of(1, 10, 2, 20, 6, 60), [3, 1, 2]));
      const result = h.keep(await h.kernels.meansOfOthers(x));
      expect(result.shape).toEqual([3, 1, 2]);
      expectClose(await h.kernels.read(result), [4, 40, 3.5, 35, 1.5, 15], tolerances.meansOfOthers);
    });

    test('latticePeaks of a plane with a pattern of 4 rows, sides cut to multiples (NumPy, float64)', async () => {
      const values = Float32Array.from({ length: 40 * 41 }, (_, i) => ((i * 7919) % 1009) / 50 + (Math.floor(i / 41) % 4 === 0 ? 6 : 0));
      const x = h.keep(h.kernels.tensor('f32', values, [1, 40, 41]));
      const result = h.keep(await h.kernels.latticePeaks(x, 4));
      expect(result.shape).toEqual([1, 9]);
      expectClose(await h.kernels.read(result), WANTED, tolerances.latticePeaks);
      await expect(h.kernels.latticePeaks(x, 5)).rejects.toMatchObject({ code: 'KERNEL_SHAPE' });
      await expect(h.kernels.meansOfOthers(h.keep(h.kernels.tensor('f32', Float32Array.of(1), [1, 1])))).rejects.toMatchObject({ code: 'KERNEL_SHAPE' });
    });
  });
}

const WANTED = [0.016182, 2.119669, 7.546759, 0.387558, -14.76463, 8.264079, -2.041726, -14.316765, 1.898401];
