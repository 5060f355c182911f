import type { Kernels } from '@syntrace/core';
import { type Case, caseOf, every, HEIGHT, type Keep, plane, ramp, WIDTH } from './case.js';
import { vectors } from './transforms-vectors.js';

const of = caseOf(vectors);

/** The plane as real parts. */
const complex = (kernels: Kernels, keep: Keep) =>
  keep(
    kernels.tensor(
      'f32',
      Float32Array.from({ length: 2 * ramp.length }, (_, i) => (i % 2 ? 0 : ramp[i / 2]!)),
      [HEIGHT, WIDTH, 2],
    ),
  );

export const transformCases: readonly Case[] = [
  of('dct2', 1e-3, 37, (k, keep) => k.dct2(plane(k, keep))),
  of('rfft2', 1e-2, 37, (k, keep) => k.rfft2(plane(k, keep))),
  {
    op: 'irfft2',
    want: every(ramp, 1),
    tolerance: 1e-4,
    run: async (k, keep) => k.read(keep(await k.irfft2(keep(await k.rfft2(plane(k, keep))), WIDTH))),
  },
  of('fft2', 1e-2, 71, (k, keep) => k.fft2(complex(k, keep))),
  {
    op: 'ifft2',
    want: every(ramp, 1),
    tolerance: 1e-4,
    run: async (k, keep) => every(await k.read(keep(await k.ifft2(keep(await k.fft2(complex(k, keep)))))), 2),
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
];
