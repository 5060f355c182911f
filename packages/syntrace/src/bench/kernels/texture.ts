import type { Kernels, MaskHeads, Tensor } from '@syntrace/core';
import { BATCH, type F32, type KernelBenchmark, noise, onMatrix, onPictures, onPlanes, onRows, pictures, rows } from './benchmark.js';

const grey = async (kernels: Kernels, size: number) => [kernels.tensor('u8', Uint8Array.from(noise(BATCH * size * size)), [BATCH, size, size])];

/** Spectra of four pictures and a model with one mask. */
const similarity = async (kernels: Kernels, size: number) => {
  const three = (count: number, scale: number) => noise(3 * count * size * size).map(value => value * scale);
  const doubles = (values: readonly number[], shape: readonly number[]) => kernels.tensor('f64', Float64Array.from(values), shape);
  return [
    kernels.tensor('f32', three(BATCH, -0.01), [BATCH, 3, size, size]),
    kernels.tensor('f32', three(1, 1 / 255), [1, 1, 3, size, size]),
    kernels.tensor('f32', three(1, 0.01), [1, 1, 3, size, size]),
    doubles([1, 0, 0, 0, 1, 0, 0, 0, 1], [1, 3, 3]),
    doubles([1, 1, 1, 0, 0, 0, -1, -1, -1, 1, 1, 1], [1, 4, 3]),
    doubles([1, 0], [1, 2]),
    kernels.tensor('u8', Uint8Array.of(1, 0, 1, 0), [1, BATCH]),
  ];
};
const heads = ([, masks, references, mixing, norm, scale]: readonly Tensor[]) => ({ masks, references, mixing, norm, scale }) as MaskHeads;

/** Texture, masked spectra, filters and neighbours. */
export const textureBenchmarks: readonly KernelBenchmark[] = [
  { name: 'haralick', batch: BATCH, setUp: grey, run: async (k, [x]) => [await k.haralick(x as Tensor<'u8'>, 'mean')] },
  onPictures('csd', (k, x) => k.csd(x, 'three-digit')),
  onPictures('richModel', (k, x) => k.richModel(x, 'full')),
  onPictures('colourPlanes', (k, x) => k.colourPlanes(x, 'three-digit')),
  onMatrix('quantise', async (k, x) => [await k.quantise(x, 'round')]),
  onPlanes('centredLogSpectrumGradient', (k, x) => k.centredLogSpectrumGradient(x, x, 1e-10)),
  { name: 'maskOfLogits', batch: BATCH, setUp: similarity, run: async (k, x) => [await k.maskOfLogits(x[1] as F32)] },
  { name: 'maskSimilarityMap', batch: BATCH, setUp: similarity, run: async (k, x) => [await k.maskSimilarityMap(x[0] as F32, heads(x))] },
  onPlanes('centredLogSpectrum', (k, x) => k.centredLogSpectrum(x, 1e-10)),
  { name: 'maskSimilarity', batch: BATCH, setUp: similarity, run: async (k, x) => Object.values(await k.maskSimilarity(x[0] as F32, heads(x))) },
  {
    name: 'maskGradients',
    batch: BATCH,
    setUp: similarity,
    run: async (k, x) => Object.values(await k.maskGradients(x[0] as F32, heads(x), x[6] as Tensor<'u8'>)),
  },
  onPictures('gaussianBlur9', (k, x) => k.gaussianBlur(x, { taps: 9, sigma: 4, arithmetic: 'opencv' })),
  onPictures('medianFilter3', (k, x) => k.medianFilter(x, 3)),
  onPictures('bilateralFilter2', (k, x) => k.bilateralFilter(x, { radius: 2, colourSigma: 40, spaceSigma: 2 })),
  onPictures('resizeCubic', (k, x) => k.resize(x, { width: x.shape[2]!, height: x.shape[1]! - 2, resampling: 'cubic' })),
  {
    name: 'normalNoise',
    batch: BATCH,
    setUp: pictures,
    run: async (k, [x]) => {
      const noise = await k.normalNoise(x!.shape, { seed: 1, stream: 0 });
      const noisy = await k.addNoise(x as Tensor<'u8'>, noise, 10);
      k.free(noise);
      return [noisy];
    },
  },
  { name: 'nearest', batch: 1, setUp: rows, run: async (k, [x]) => Object.values(await k.nearest(x as F32, x as F32, { k: 5, withoutSelf: true })) },
  onRows('distances', (k, x) => k.distances(x, x)),
  onMatrix('symmetricEigen', async (k, x) => Object.values(await k.symmetricEigen(x))),
  onMatrix('svd', async (k, x) => Object.values(await k.svd(x))),
  onMatrix('principalAxes', async (k, x) => Object.values(await k.principalAxes(x, 4))),
];
