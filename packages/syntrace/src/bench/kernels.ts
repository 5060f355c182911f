import { type Kernels, seededRandom, type Tensor } from '@syntrace/core';

/** A kernel with the input it is timed on. */
export interface KernelBenchmark {
  readonly name: string;
  /** Planes of a run; colour kernels take pictures of three. */
  readonly batch: number;
  setUp(kernels: Kernels, size: number): Promise<readonly Tensor[]>;
  run(kernels: Kernels, inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
}

const BATCH = 4;

const noise = (count: number): Float32Array => {
  const random = seededRandom(1, 'bench');
  return Float32Array.from({ length: count }, () => 255 * random.next());
};

type F32 = Tensor<'f32'>;
const planes = async (kernels: Kernels, size: number) => [kernels.tensor('f32', noise(BATCH * size * size), [BATCH, size, size])];
const pictures = async (kernels: Kernels, size: number) => [kernels.tensor('u8', Uint8Array.from(noise(BATCH * size * size * 3)), [BATCH, size, size, 3])];
const spectrum = async (kernels: Kernels, size: number) => {
  const [x] = await planes(kernels, size);
  const result = await kernels.rfft2(x!);
  kernels.free(x!);
  return [result];
};

const onPlanes = (name: string, run: (kernels: Kernels, x: F32) => Promise<Tensor>): KernelBenchmark => ({
  name,
  batch: BATCH,
  setUp: planes,
  run: async (k, [x]) => [await run(k, x as F32)],
});
const onPictures = (name: string, run: (kernels: Kernels, x: Tensor<'u8'>) => Promise<Tensor>): KernelBenchmark => ({
  name,
  batch: BATCH,
  setUp: pictures,
  run: async (k, [x]) => [await run(k, x as Tensor<'u8'>)],
});

/** Every kernel of the contract that costs time, by name. */
export const KERNEL_BENCHMARKS: readonly KernelBenchmark[] = [
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
