import { type KernelBenchmark, onPlanes } from './benchmark.js';

/** What residuals of a collection have in common. */
export const collectionBenchmarks: readonly KernelBenchmark[] = [
  onPlanes('meansOfOthers', (k, x) => k.meansOfOthers(x)),
  onPlanes('latticePeaks', (k, x) => k.latticePeaks(x, 2)),
];
