import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

/** Statistics and linear layers. */
export function testRows(h: Harness): void {
  describe('rows', () => {
    test('moments in parts of uneven size', async () => {
      const { data, shape } = fixture<'f32'>('moments.all.in');
      const features = shape[1]!;
      let state = null;
      for (const [from, to] of [
        [0, 1],
        [1, 100],
        [100, 257],
      ] as const) {
        const part = h.keep(h.kernels.tensor('f32', data.slice(from * features, to * features), [to - from, features]));
        state = await h.kernels.moments(state, part);
      }
      expect(state!.count).toBe(257);
      expectClose(state!.mean, fixture('moments.all.out').data, tolerances.moments);
      expectClose(
        state!.m2.map(m2 => m2 / 257),
        fixture('moments.all.out2').data,
        tolerances.moments,
      );
    });

    test('standardize', async () => {
      const [x, mean, deviation] = [
        [5, 7, -1, 0],
        [1, 2],
        [0.5, 4],
      ].map(values => h.keep(h.kernels.tensor('f32', Float32Array.from(values), values.length === 4 ? [2, 2] : [2]))) as [Row, Row, Row];
      expectClose(await h.values(h.kernels.standardize(x, mean, deviation)), [8, 1.25, -4, -0.5], tolerances.standardize);
    });

    test('standardize in float64, and never two precisions', async () => {
      const double = (...values: number[]) => h.keep(h.kernels.tensor('f64', Float64Array.from(values), values.length === 4 ? [2, 2] : [2]));
      const [x, mean, deviation] = [double(5, 1 + 1e-12, -1, 0), double(1, 1), double(0.5, 1e-12)];
      expectClose(await h.values(h.kernels.standardize(x, mean, deviation)), [8, 1, -4, -1e12], { relative: 1e-3, why: 'float64' });
      const single = h.keep(h.kernels.tensor('f32', Float32Array.of(1, 1), [2]));
      await expect(h.kernels.standardize(x, mean, single as never)).rejects.toMatchObject({ code: 'KERNEL_DTYPE' });
    });

    test('linear', async () => {
      const [x, weights, bias] = ['in', 'in2', 'in3'].map(role => h.up(fixture<'f32'>(`linear.all.${role}`))) as [Row, Row, Row];
      const result = h.keep(await h.kernels.linear(x, weights, bias));
      expect(result.shape).toEqual([7, 3]);
      expectClose(await h.kernels.read(result), fixture('linear.all.out').data, tolerances.linear);
    });

    test('concat flattens all but the first dimension', async () => {
      const a = h.keep(h.kernels.tensor('f32', Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 2, 2]));
      const b = h.keep(h.kernels.tensor('f32', Float32Array.of(9, 10), [2, 1]));
      const result = h.keep(await h.kernels.concat([a, b]));
      expect(result.shape).toEqual([2, 5]);
      expect(await h.kernels.read(result)).toEqual(Float32Array.of(1, 2, 3, 4, 9, 5, 6, 7, 8, 10));
    });
  });
}

type Row = ReturnType<Harness['kernels']['tensor']> & { readonly dtype: 'f32' };
