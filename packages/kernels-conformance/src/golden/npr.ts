import { describe, expect, test } from 'vitest';
import { expectClose } from '../compare.js';
import type { Harness } from '../harness.js';
import type { NpyArray } from '../npy.js';
import { array } from './vectors.js';

/** The reference vectors of NPR, with the tolerances of their manifest. */
export function testNprGolden(h: Harness): void {
  describe('golden vectors: NPR', () => {
    test.each(['tiny_8', 'photo_256', 'odd_161x213'])('residual of %s', async name => {
      const picture = array(`npr/${name}`) as NpyArray<'u8'>;
      const want = array(`npr/${name}.residual`);
      const residual = h.keep(await h.kernels.nprResidual(h.up({ ...picture, shape: [1, ...picture.shape] }), { scale: true }));
      expect(residual.shape.slice(-3)).toEqual(want.shape.slice(-3));
      expectClose(await h.kernels.read(residual), want.data, { absolute: 1e-6, why: 'the official float32 path rounds more often' });
    });

    test('a doubled picture has none', async () => {
      const picture = array('npr/nearest2x_256') as NpyArray<'u8'>;
      const residual = await h.values(h.kernels.nprResidual(h.up({ ...picture, shape: [1, ...picture.shape] }), { scale: true }));
      expect(Array.prototype.every.call(residual, value => value === 0)).toBe(true);
    });
  });
}
