import { type Case, plane } from './case.js';

export const collectionCases: readonly Case[] = [
  {
    op: 'meansOfOthers',
    want: [4, 40, 3.5, 35, 1.5, 15],
    tolerance: 1e-5,
    run: async (k, keep) => k.read(keep(await k.meansOfOthers(keep(k.tensor('f32', Float32Array.of(1, 10, 2, 20, 6, 60), [3, 2]))))),
  },
  {
    op: 'latticePeaks',
    // By NumPy in float64.
    want: [-1.84386, 0.143384, -1.965224],
    tolerance: 1e-3,
    run: async (k, keep) => {
      const x = plane(k, keep);
      const [height, width] = x.shape as [number, number];
      const stack = keep(k.tensor('f32', await k.read(x), [1, height, width]));
      return k.read(keep(await k.latticePeaks(stack, 2)));
    },
  },
];
