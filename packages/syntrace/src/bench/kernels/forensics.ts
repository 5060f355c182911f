import type { Kernels, Tensor } from '@syntrace/core';
import { type F32, type KernelBenchmark, onPictures, onRows } from './benchmark.js';

/** With steps of a quantisation beside it. */
const withSteps = async (kernels: Kernels, shape: readonly number[], run: (steps: F32) => Promise<Tensor>) => {
  const steps = kernels.tensor('f32', new Float32Array(64).fill(7.3), shape);
  const result = await run(steps);
  kernels.free(steps);
  return result;
};

/** Traces of watermarks and of earlier encodes. */
export const forensicBenchmarks: readonly KernelBenchmark[] = [
  onPictures('watermarkVotes', (k, x) => k.watermarkVotes(x, [32, 46, 48])),
  onRows('gridFit', (k, x) => withSteps(k, [1, 64], steps => k.gridFit(x, steps))),
  onRows('gridFitMap', (k, x) => withSteps(k, [64], steps => k.gridFitMap(x, steps, { x: 0, y: 0 }))),
];
