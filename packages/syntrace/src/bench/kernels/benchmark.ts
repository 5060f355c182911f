import { type Kernels, seededRandom, type Tensor } from '@syntrace/core';

/** A kernel with the input it is timed on. */
export interface KernelBenchmark {
  readonly name: string;
  /** Planes of a run; colour kernels take pictures of three. */
  readonly batch: number;
  setUp(kernels: Kernels, size: number): Promise<readonly Tensor[]>;
  run(kernels: Kernels, inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
}

export const BATCH = 4;

export const noise = (count: number): Float32Array => {
  const random = seededRandom(1, 'bench');
  return Float32Array.from({ length: count }, () => 255 * random.next());
};

export type F32 = Tensor<'f32'>;
export const planes = async (kernels: Kernels, size: number) => [kernels.tensor('f32', noise(BATCH * size * size), [BATCH, size, size])];
export const pictures = async (kernels: Kernels, size: number) => [
  kernels.tensor('u8', Uint8Array.from(noise(BATCH * size * size * 3)), [BATCH, size, size, 3]),
];
/** Rows of features, as many as each has. */
export const rows = async (kernels: Kernels, size: number) => [kernels.tensor('f32', noise(size * size), [size, size])];
export const onRows = (name: string, run: (kernels: Kernels, x: F32) => Promise<Tensor>): KernelBenchmark => ({
  name,
  batch: 1,
  setUp: rows,
  run: async (k, [x]) => [await run(k, x as F32)],
});
/** A square matrix in float64. */
export const onMatrix = (name: string, run: (kernels: Kernels, x: Tensor<'f64'>) => Promise<readonly Tensor[]>): KernelBenchmark => ({
  name,
  batch: 1,
  setUp: async (kernels, size) => [kernels.tensor('f64', Float64Array.from(noise(size * size)), [size, size])],
  run: (k, [x]) => run(k, x as Tensor<'f64'>),
});
export const onPlanes = (name: string, run: (kernels: Kernels, x: F32) => Promise<Tensor>): KernelBenchmark => ({
  name,
  batch: BATCH,
  setUp: planes,
  run: async (k, [x]) => [await run(k, x as F32)],
});
export const onPictures = (name: string, run: (kernels: Kernels, x: Tensor<'u8'>) => Promise<Tensor>): KernelBenchmark => ({
  name,
  batch: BATCH,
  setUp: pictures,
  run: async (k, [x]) => [await run(k, x as Tensor<'u8'>)],
});
