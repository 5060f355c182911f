import type { Kernels, PrnuSums, Tensor, WaveletBands } from '@syntrace/core';
import { BATCH, type F32, type KernelBenchmark, onPictures, onPlanes, onRows, pictures, planes } from './benchmark.js';

/** The size of square planes. */
const sizeOf = (x: Tensor) => ({ height: x.shape[1]!, width: x.shape[2]! });

const spectra = async (kernels: Kernels, size: number) => {
  const [x] = await planes(kernels, size);
  const packed = await kernels.pceSpectra(x!);
  // The planes stay: they say of what size the spectra are.
  return [packed, x!];
};

const fingerprint = (kernels: Kernels, x: Tensor) => kernels.prnuAdd(null, x as Tensor<'u8'>, { levels: 4, sigma: 3, saturation: 'corrected' });
const estimate = async (kernels: Kernels, [products, weights]: readonly Tensor[]) => [await kernels.prnuEstimate({ products, weights } as PrnuSums)];

/** Noise residuals and their correlation. */
export const noiseBenchmarks: readonly KernelBenchmark[] = [
  onPictures('noiseResidual', (k, x) => k.noiseResidual(x, { border: 'periodic', levels: 4, sigma: 2, grey: true })),
  { name: 'dwt2', batch: BATCH, setUp: planes, run: async (k, [x]) => Object.values(await k.dwt2(x as F32, 'symmetric')) },
  {
    name: 'idwt2',
    batch: BATCH,
    setUp: async (k, size) => [...Object.values(await k.dwt2((await planes(k, size))[0]!, 'periodic'))],
    run: async (k, [low, alongX, alongY, alongBoth]) => {
      const bands = { low, alongX, alongY, alongBoth } as WaveletBands<'f32'>;
      const { height, width } = sizeOf(low!);
      return [await k.idwt2(bands, { height: 2 * height, width: 2 * width, border: 'periodic' })];
    },
  },
  onPlanes('localWiener', (k, x) => k.localWiener(x, 4)),
  { name: 'prnuAdd', batch: BATCH, setUp: pictures, run: async (k, [x]) => Object.values(await fingerprint(k, x!)) },
  { name: 'prnuEstimate', batch: BATCH, setUp: async (k, size) => Object.values(await fingerprint(k, (await pictures(k, size))[0]!)), run: estimate },
  onRows('normalisedCorrelation', (k, x) => k.normalisedCorrelation(x, x)),
  onPlanes('groupMeans', (k, x) => k.groupMeans(x, [[0, 1, 2, 3]])),
  onPlanes('groupSums', (k, x) => k.groupSums(x, [[0, 1, 2, 3]])),
  onPlanes('zeroMean', (k, x) => k.zeroMean(x)),
  onPlanes('fourierWiener', (k, x) => k.fourierWiener(x)),
  onPlanes('crossCorrelation', (k, x) => k.crossCorrelation(x, x)),
  onPlanes('pceSpectra', (k, x) => k.pceSpectra(x)),
  { name: 'pcePairs', batch: BATCH, setUp: spectra, run: async (k, [packed, x]) => [await k.pcePairs([packed as F32, packed as F32], sizeOf(x!))] },
  { name: 'pceAbove', batch: BATCH, setUp: spectra, run: async (k, [packed, x]) => nothing(await k.pceAbove(packed as F32, { ...sizeOf(x!), threshold: 9 })) },
  { name: 'pce', batch: BATCH, setUp: planes, run: async (k, [x]) => nothing(await k.pce(x as F32, x as F32)) },
  { name: 'pceExact', batch: BATCH, setUp: planes, run: async (k, [x]) => nothing(await k.pceExact(x as F32, [[[1], [0]]])) },
];

/** Results that come as numbers, not as tensors. */
const nothing = (_: unknown): readonly Tensor[] => [];
