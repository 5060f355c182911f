import type { Kernels, Tensor } from '@syntrace/core';
import { BATCH, type F32, type KernelBenchmark, onPictures, onPlanes, planes } from './benchmark.js';

/** The size of square planes. */
const sizeOf = (x: Tensor) => ({ height: x.shape[1]!, width: x.shape[2]! });

const spectra = async (kernels: Kernels, size: number) => {
  const [x] = await planes(kernels, size);
  const packed = await kernels.pceSpectra(x!);
  // The planes stay: they say of what size the spectra are.
  return [packed, x!];
};

/** Noise residuals and their correlation. */
export const noiseBenchmarks: readonly KernelBenchmark[] = [
  onPictures('noiseResidual', (k, x) => k.noiseResidual(x, { border: 'periodic', levels: 4, sigma: 2, grey: true })),
  onPlanes('zeroMean', (k, x) => k.zeroMean(x)),
  onPlanes('fourierWiener', (k, x) => k.fourierWiener(x)),
  onPlanes('crossCorrelation', (k, x) => k.crossCorrelation(x, x)),
  onPlanes('pceSpectra', (k, x) => k.pceSpectra(x)),
  { name: 'pcePairs', batch: BATCH, setUp: spectra, run: async (k, [packed, x]) => [await k.pcePairs([packed as F32, packed as F32], sizeOf(x!))] },
];
