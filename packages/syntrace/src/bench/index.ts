export type { KernelBenchmark } from './kernels/benchmark.js';
export { KERNEL_BENCHMARKS } from './kernels/kernels.js';
export { type Measurement, measure } from './measure.js';
