import type { Kernels } from '@syntrace/core';
import { type Case, caseOf, every, type Keep, plane, ramp, WIDTH } from './case.js';
import { vectors } from './neighbours-vectors.js';

const of = caseOf(vectors);
const rows = (k: Kernels, keep: Keep, count: number) => keep(k.tensor('f32', ramp.slice(0, count * WIDTH), [count, WIDTH]));
const matrix = (k: Kernels, keep: Keep) => keep(k.tensor('f64', Float64Array.from(ramp.slice(0, 6 * WIDTH)), [6, WIDTH]));
const gram = Float64Array.from({ length: 36 }, (_, i) =>
  Array.from({ length: WIDTH }, (_, c) => ramp[Math.floor(i / 6) * WIDTH + c]! * ramp[(i % 6) * WIDTH + c]!).reduce((sum, value) => sum + value, 0),
);

export const neighbourCases: readonly Case[] = [
  of('distances', 1e-6, 7, (k, keep) => k.distances(rows(k, keep, 5), plane(k, keep))),
  {
    // Of the first five rows among all: the row itself first, then the vector's three.
    op: 'nearest',
    want: vectors.nearest,
    tolerance: 0,
    run: async (k, keep) => {
      const { distances, indices } = await k.nearest(rows(k, keep, 5), plane(k, keep), { k: 4, withoutSelf: false });
      keep(distances);
      return Array.from(await k.read(keep(indices))).filter((_, i) => i % 4 > 0);
    },
  },
  {
    op: 'symmetricEigen',
    want: vectors.symmetricEigen,
    tolerance: 1e-4,
    run: async (k, keep) => {
      const { values, vectors: axes } = await k.symmetricEigen(keep(k.tensor('f64', gram, [6, 6])));
      keep(axes);
      return k.read(keep(values));
    },
  },
  {
    op: 'svd',
    want: vectors.svd,
    tolerance: 1e-6,
    run: async (k, keep) => {
      const { u, s, v } = await k.svd(matrix(k, keep));
      keep(u);
      keep(v);
      return k.read(keep(s));
    },
  },
  {
    op: 'principalAxes',
    want: vectors.principalAxes,
    tolerance: 1e-4,
    run: async (k, keep) => {
      const { mean, axes, variances } = await k.principalAxes(plane(k, keep), 3);
      keep(mean);
      keep(axes);
      return every(await k.read(keep(variances)), 1).slice(0, 6);
    },
  },
];
