import type { KernelBenchmark } from './benchmark.js';
import { collectionBenchmarks } from './collections.js';
import { forensicBenchmarks } from './forensics.js';
import { foundationBenchmarks } from './foundation.js';
import { noiseBenchmarks } from './noise.js';
import { textureBenchmarks } from './texture.js';

/** Every kernel of the contract, by name. */
export const KERNEL_BENCHMARKS: readonly KernelBenchmark[] = [
  ...foundationBenchmarks,
  ...textureBenchmarks,
  ...noiseBenchmarks,
  ...forensicBenchmarks,
  ...collectionBenchmarks,
];
