import type { Kernels } from '@syntrace/core';
import { type Case, caseOf, cosines, every, HEIGHT, type Keep, plane, ramp, row, steps, WIDTH } from './case.js';
import { vectors } from './rows-vectors.js';

const of = caseOf(vectors);

export const rowCases: readonly Case[] = [
  {
    op: 'moments',
    want: vectors.moments,
    tolerance: 1e-5,
    run: async (k, keep) => {
      const half = ramp.length / 2;
      const part = (from: number) => keep(k.tensor('f32', ramp.slice(from, from + half), [HEIGHT / 2, WIDTH]));
      const { mean, m2 } = await k.moments(await k.moments(null, part(0)), part(half));
      return every([...mean, ...m2], 5);
    },
  },
  of('standardize', 1e-4, 37, (k, keep) => k.standardize(plane(k, keep), row(k, keep, cosines), row(k, keep, steps))),
  of('linear', 1e-4, 3, (k, keep) => k.linear(plane(k, keep), keep(k.tensor('f32', cosines, [1, WIDTH])), row(k, keep, Float32Array.of(0.5)))),
  { op: 'concat', want: [1, 3, 2, 4], tolerance: 0, run: async (k, keep) => k.read(keep(await k.concat([column(k, keep, 1), column(k, keep, 3)]))) },
];

const column = (kernels: Kernels, keep: Keep, first: number) => keep(kernels.tensor('f32', Float32Array.of(first, first + 1), [2, 1]));
