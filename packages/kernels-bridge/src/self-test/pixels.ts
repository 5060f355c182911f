import { bytes, type Case, caseOf, HEIGHT, image, plane, ramp, WIDTH } from './case.js';
import { vectors } from './pixels-vectors.js';

const of = caseOf(vectors);

export const pixelCases: readonly Case[] = [
  of('colour', 1e-4, 37, (k, keep) => k.colour(image(k, keep), 'bt601')),
  {
    op: 'interleave',
    want: [1, 3, 2, 4],
    tolerance: 0,
    run: async (k, keep) => k.read(keep(await k.interleave(keep(k.tensor('f32', Float32Array.of(1, 2, 3, 4), [1, 2, 1, 2]))))),
  },
  of('crop', 0, 7, (k, keep) => k.crop(keep(k.tensor('f32', ramp, [1, 1, HEIGHT, WIDTH])), [{ x: 5, y: 3, width: 10, height: 5 }])),
  of('padReflect', 0, 151, (k, keep) => k.padReflect(image(k, keep), { width: WIDTH + 9, height: HEIGHT + 13 })),
  of('nprResidual', 1e-6, 97, (k, keep) => k.nprResidual(image(k, keep), { scale: true })),
  of('laplacianVariance', 0.05, 1, (k, keep) => k.laplacianVariance(plane(k, keep))),
  {
    op: 'heatMap',
    want: [68, 1, 84, 255, 253, 231, 37, 255],
    tolerance: 0,
    run: async (k, keep) => k.read(keep(await k.heatMap(keep(k.tensor('f32', Float32Array.of(-1, 1), [1, 2])), { map: 'viridis', low: 0, high: 1 }))),
  },
  of('thumbnail', 0, 31, (k, keep) => k.thumbnail(keep(k.tensor('u8', bytes, [HEIGHT, WIDTH, 3])), 12)),
];
