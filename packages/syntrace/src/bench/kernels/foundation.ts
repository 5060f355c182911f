import type { Kernels } from '@syntrace/core';
import { BATCH, type F32, type KernelBenchmark, onPictures, onPlanes, planes } from './benchmark.js';

const spectrum = async (kernels: Kernels, size: number) => {
  const [x] = await planes(kernels, size);
  const result = await kernels.rfft2(x!);
  kernels.free(x!);
  return [result];
};

/** Pictures, transforms and statistics. */
export const foundationBenchmarks: readonly KernelBenchmark[] = [
  onPictures('colour', (k, x) => k.colour(x, 'ycbcr')),
  onPictures('crop', (k, x) => k.crop(x, [{ x: 1, y: 1, width: x.shape[2]! - 2, height: x.shape[1]! - 2 }])),
  onPlanes('dct2', (k, x) => k.dct2(x)),
  onPlanes('rfft2', (k, x) => k.rfft2(x)),
  { name: 'irfft2', batch: BATCH, setUp: spectrum, run: async (k, [x]) => [await k.irfft2(x as F32, x!.shape[1]!)] },
  onPlanes('logAbs', (k, x) => k.logAbs(x, 1e-12)),
  { name: 'logSpectrum', batch: BATCH, setUp: spectrum, run: async (k, [x]) => [await k.logSpectrum(x as F32, 1e-12)] },
  ...[8, 16].map(
    (tile): KernelBenchmark => ({
      name: `tileLogDct${tile}`,
      batch: BATCH,
      setUp: planes,
      run: async (k, [x]) => Object.values(await k.tileLogDct(x as F32, { tile, stride: tile / 2, eps: 0.3 })),
    }),
  ),
  onPlanes('radialMean', (k, x) => k.radialMean(x, { origin: 'corner', bins: x.shape[1]! })),
  onPictures('nprResidual', (k, x) => k.nprResidual(x, { scale: true })),
  onPlanes('laplacianVariance', (k, x) => k.laplacianVariance(x)),
  {
    name: 'moments',
    batch: BATCH,
    setUp: planes,
    run: async (k, [x]) => {
      await k.moments(null, x as F32);
      return [];
    },
  },
];
