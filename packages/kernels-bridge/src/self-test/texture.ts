import { type Case, caseOf, every, HEIGHT, image, ramp, WIDTH } from './case.js';
import { vectors } from './texture-vectors.js';

const of = caseOf(vectors);
const levels = Uint8Array.from(ramp, value => Math.abs(value) % 7);

export const textureCases: readonly Case[] = [
  of('quantise', 0, 37, (k, keep) =>
    k.quantise(
      keep(
        k.tensor(
          'f64',
          Float64Array.from(ramp, value => value / 50),
          [HEIGHT, WIDTH],
        ),
      ),
      'truncate',
    ),
  ),
  {
    op: 'haralick',
    want: vectors.haralick,
    tolerance: 1e-7,
    run: async (k, keep) => {
      const features = await k.read(keep(await k.haralick(keep(k.tensor('u8', levels, [HEIGHT, WIDTH])), 'each')));
      return [features[0]!, features[1]!, features[8]!];
    },
  },
  {
    op: 'colourPlanes',
    want: vectors.colourPlanes,
    tolerance: 0,
    run: async (k, keep) => {
      const planes = await k.read(keep(await k.colourPlanes(image(k, keep), 'three-digit')));
      return every(planes.slice(2 * HEIGHT * WIDTH, 3 * HEIGHT * WIDTH), 37);
    },
  },
  {
    op: 'csd',
    want: vectors.csd,
    tolerance: 1e-7,
    run: async (k, keep) => {
      const features = await k.read(keep(await k.csd(image(k, keep), 'three-digit')));
      return [features[287]!, features.reduce((sum, value) => sum + value, 0)];
    },
  },
  // The first histogram: 169 cells of luma, first difference, along.
  {
    op: 'richModel',
    want: vectors.richModel,
    tolerance: 1e-6,
    run: async (k, keep) => (await k.read(keep(await k.richModel(image(k, keep), 'full')))).slice(0, 169),
  },
];
