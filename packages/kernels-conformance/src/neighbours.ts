import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

/** Neighbours against SciPy, matrices against NumPy. */
export function testNeighbours(h: Harness): void {
  describe('neighbours', () => {
    test.each(['f32', 'f64'] as const)('distances and the nearest of rows in %s', async dtype => {
      const rows = (role: string) => {
        const { data, shape } = fixture<'f32'>(`neighbours.all.${role}`);
        return h.up({ dtype, shape, data: dtype === 'f64' ? Float64Array.from(data) : data });
      };
      const [a, b] = [rows('in'), rows('in2')];
      const distances = h.keep(await h.kernels.distances(a, b));
      expect(distances.shape).toEqual([23, 110]);
      expectClose(await h.kernels.read(distances), fixture('neighbours.distances.out').data, tolerances.distances);
      const near = await h.kernels.nearest(a, b, { k: 9, withoutSelf: false });
      expectClose(await h.values(Promise.resolve(near.distances)), fixture('neighbours.nearest.out').data, tolerances.distances);
      expect(await h.values(Promise.resolve(near.indices))).toEqual(fixture('neighbours.indices.out').data);
      const own = await h.kernels.nearest(b, b, { k: 9, withoutSelf: true });
      h.keep(own.distances);
      expect(await h.values(Promise.resolve(own.indices))).toEqual(fixture('neighbours.own.out').data);
    });

    test('singular values', async () => {
      const { u, s, v } = await h.kernels.svd(h.up(fixture<'f64'>('svd.all.in')));
      for (const [name, tensor] of Object.entries({ u, s, v })) {
        const want = fixture(`svd.${name}.out`);
        expect(tensor.shape).toEqual(want.shape);
        expectClose(await h.values(Promise.resolve(tensor)), want.data, tolerances.matrices);
      }
    });

    test('eigenvectors', async () => {
      const { values, vectors } = await h.kernels.symmetricEigen(h.up(fixture<'f64'>('symmetricEigen.all.in')));
      expectClose(await h.values(Promise.resolve(values)), fixture('symmetricEigen.values.out').data, tolerances.matrices);
      expectClose(await h.values(Promise.resolve(vectors)), fixture('symmetricEigen.vectors.out').data, tolerances.matrices);
    });

    test('principal axes', async () => {
      const found = await h.kernels.principalAxes(h.up(fixture<'f32'>('principalAxes.all.in')), 5);
      for (const [name, tensor] of Object.entries(found)) {
        const want = fixture(`principalAxes.${name}.out`);
        expect(tensor.shape).toEqual(want.shape);
        expectClose(await h.values(Promise.resolve(tensor)), want.data, tolerances.matrices);
      }
    });
  });
}
