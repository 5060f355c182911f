import type { Kernels, Tensor } from '@syntrace/core';
import { vectors } from './self-test-vectors.js';

type Keep = <T extends Tensor>(tensor: T) => T;

/** A kernel, what to do with it, and what must come out. */
export interface Case {
  readonly op: string;
  readonly want: readonly number[];
  readonly tolerance: number;
  readonly run: (kernels: Kernels, keep: Keep) => Promise<ArrayLike<number>>;
}

const HEIGHT = 20;
const WIDTH = 24;
const ramp = Float32Array.from({ length: HEIGHT * WIDTH }, (_, i) => ((i * 37) % 101) - 50);
const bytes = Uint8Array.from({ length: HEIGHT * WIDTH * 3 }, (_, i) => (i * 89) % 256);
const cosines = Float32Array.from({ length: WIDTH }, (_, i) => Math.cos(i));
const steps = Float32Array.from({ length: WIDTH }, (_, i) => 1 + i / 10);

const plane = (kernels: Kernels, keep: Keep) => keep(kernels.tensor('f32', ramp, [HEIGHT, WIDTH]));
const image = (kernels: Kernels, keep: Keep) => keep(kernels.tensor('u8', bytes, [1, HEIGHT, WIDTH, 3]));
const row = (kernels: Kernels, keep: Keep, values: Float32Array<ArrayBuffer>) => keep(kernels.tensor('f32', values, [values.length]));

const every = (values: ArrayLike<number>, step: number) => Array.from(values).filter((_, i) => i % step === 0);

/** A case of one result, of which every `step`-th value counts. */
function of(op: keyof typeof vectors, tolerance: number, step: number, work: (kernels: Kernels, keep: Keep) => Promise<Tensor>): Case {
  const run = async (kernels: Kernels, keep: Keep) => every(await kernels.read(keep(await work(kernels, keep))), step);
  return { op, want: vectors[op], tolerance, run };
}

/** One case a kernel; the tolerances are some ten times the rounding of float32 at the size of the values. */
export const cases: readonly Case[] = [
  of('colour', 1e-4, 37, (k, keep) => k.colour(image(k, keep), 'bt601')),
  of('crop', 0, 7, (k, keep) => k.crop(keep(k.tensor('f32', ramp, [1, 1, HEIGHT, WIDTH])), [{ x: 5, y: 3, width: 10, height: 5 }])),
  of('padReflect', 0, 151, (k, keep) => k.padReflect(image(k, keep), { width: WIDTH + 9, height: HEIGHT + 13 })),
  of('dct2', 1e-3, 37, (k, keep) => k.dct2(plane(k, keep))),
  of('rfft2', 1e-2, 37, (k, keep) => k.rfft2(plane(k, keep))),
  {
    op: 'irfft2',
    want: every(ramp, 1),
    tolerance: 1e-4,
    run: async (k, keep) => k.read(keep(await k.irfft2(keep(await k.rfft2(plane(k, keep))), WIDTH))),
  },
  of('logAbs', 1e-5, 37, (k, keep) => k.logAbs(plane(k, keep), 0.5)),
  of('logSpectrum', 1e-3, 17, async (k, keep) => k.logSpectrum(keep(await k.rfft2(plane(k, keep))), 1)),
  {
    op: 'tileLogDct',
    want: vectors.tileLogDct,
    tolerance: 5e-3,
    run: async (k, keep) => {
      const { mean, deviation } = await k.tileLogDct(plane(k, keep), { tile: 8, stride: 4, eps: 1e-3 });
      return every([...(await k.read(keep(mean))), ...(await k.read(keep(deviation)))], 7);
    },
  },
  of('radialMean', 1e-4, 1, (k, keep) => k.radialMean(plane(k, keep), { origin: 'corner', bins: 15 })),
  of('nprResidual', 1e-6, 97, (k, keep) => k.nprResidual(image(k, keep), { scale: true })),
  of('laplacianVariance', 0.05, 1, (k, keep) => k.laplacianVariance(plane(k, keep))),
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
  {
    op: 'heatMap',
    want: [68, 1, 84, 255, 253, 231, 37, 255],
    tolerance: 0,
    run: async (k, keep) => k.read(keep(await k.heatMap(keep(k.tensor('f32', Float32Array.of(-1, 1), [1, 2])), { map: 'viridis', low: 0, high: 1 }))),
  },
  of('thumbnail', 0, 31, (k, keep) => k.thumbnail(keep(k.tensor('u8', bytes, [HEIGHT, WIDTH, 3])), 12)),
];

const column = (kernels: Kernels, keep: Keep, first: number) => keep(kernels.tensor('f32', Float32Array.of(first, first + 1), [2, 1]));
