import { type KernelBenchmark, onPictures } from './benchmark.js';

/** Traces of watermarks and of earlier encodes. */
export const forensicBenchmarks: readonly KernelBenchmark[] = [onPictures('watermarkVotes', (k, x) => k.watermarkVotes(x, [32, 46, 48]))];
