import type { AdamState, Kernels, Tensor } from '@syntrace/core';
import { BATCH, type F32, type KernelBenchmark, noise, onPictures, onPlanes, onRows, planes } from './benchmark.js';

const spectrum = async (kernels: Kernels, size: number) => {
  const [x] = await planes(kernels, size);
  const result = await kernels.rfft2(x!);
  kernels.free(x!);
  return [result];
};

/** Rows, weights of as many outputs, and a bias above 0. */
const layer = async (kernels: Kernels, size: number) => {
  const square = () => kernels.tensor('f32', noise(size * size), [size, size]);
  return [square(), square(), kernels.tensor('f32', noise(size).fill(2), [size])];
};
const complex = async (kernels: Kernels, size: number) => [kernels.tensor('f32', noise(BATCH * size * size * 2), [BATCH, size, size, 2])];

/** Pictures, transforms and statistics. */
export const foundationBenchmarks: readonly KernelBenchmark[] = [
  onPictures('colour', (k, x) => k.colour(x, 'ycbcr')),
  onPictures('crop', (k, x) => k.crop(x, [{ x: 1, y: 1, width: x.shape[2]! - 2, height: x.shape[1]! - 2 }])),
  onPictures('padReflect', (k, x) => k.padReflect(x, { width: x.shape[2]! + 8, height: x.shape[1]! + 8 })),
  {
    name: 'interleave',
    batch: BATCH,
    setUp: async (k, size) => [k.tensor('f32', noise(BATCH * size * size * 3), [BATCH, 3, size, size])],
    run: async (k, [x]) => [await k.interleave(x as F32)],
  },
  {
    name: 'thumbnail',
    batch: 1,
    setUp: async (k, size) => [k.tensor('u8', Uint8Array.from(noise(size * size * 3)), [size, size, 3])],
    run: async (k, [x]) => [await k.thumbnail(x as Tensor<'u8'>, 16)],
  },
  onRows('heatMap', (k, x) => k.heatMap(x, { map: 'viridis', low: 0, high: 255 })),
  onRows('concat', (k, x) => k.concat([x, x])),
  { name: 'standardize', batch: 1, setUp: layer, run: async (k, [x, , bias]) => [await k.standardize(x as F32, bias as F32, bias as F32)] },
  { name: 'linear', batch: 1, setUp: layer, run: async (k, [x, weights, bias]) => [await k.linear(x as F32, weights as F32, bias as F32)] },
  {
    name: 'adam',
    batch: 1,
    setUp: layer,
    run: async (k, [x, weights]) => {
      const state = { parameters: x, first: weights, second: weights } as AdamState<'f32'>;
      return Object.values(await k.adam(state, x as F32, { step: 1, rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, form: 'corrected' }));
    },
  },
  onPlanes('dct2', (k, x) => k.dct2(x)),
  { name: 'fft2', batch: BATCH, setUp: complex, run: async (k, [x]) => [await k.fft2(x as F32)] },
  { name: 'ifft2', batch: BATCH, setUp: complex, run: async (k, [x]) => [await k.ifft2(x as F32)] },
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
