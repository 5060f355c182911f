import type { Kernels, Tensor } from '@syntrace/core';
import type { KernelBenchmark } from './kernels/benchmark.js';

export interface Measurement {
  readonly kernel: string;
  readonly backend: string;
  readonly size: number;
  readonly batch: number;
  /** Median over runs, for the whole batch. */
  readonly ms: number;
  readonly megapixels: number;
  /** Bytes of inputs and outputs over the time. */
  readonly gigabytes: number;
}

const WARM_UP = 3;
const LEAST_RUNS = 7;
const LEAST_MS = 150;
const BYTES = { u8: 1, f32: 4, f64: 8 } as const;

/** Times one kernel: the median of at least 7 runs and 150 ms. */
export async function measure(benchmark: KernelBenchmark, kernels: Kernels, backend: string, size: number): Promise<Measurement> {
  const inputs = await benchmark.setUp(kernels, size);
  const times: number[] = [];
  let bytes = 0;
  for (let i = 0, spent = 0; i < WARM_UP + LEAST_RUNS || spent < LEAST_MS; i++) {
    const start = performance.now();
    const outputs = await benchmark.run(kernels, inputs);
    const ms = performance.now() - start;
    bytes = bytesOf([...inputs, ...outputs]);
    kernels.free(...outputs);
    if (i < WARM_UP) continue;
    times.push(ms);
    spent += ms;
  }
  kernels.free(...inputs);
  const ms = times.sort((a, b) => a - b)[times.length >> 1]!;
  return {
    kernel: benchmark.name,
    backend,
    size,
    batch: benchmark.batch,
    ms,
    megapixels: (benchmark.batch * size * size) / ms / 1e3,
    gigabytes: bytes / ms / 1e6,
  };
}

const bytesOf = (tensors: readonly Tensor[]): number => tensors.reduce((sum, { shape, dtype }) => sum + shape.reduce((a, b) => a * b, 1) * BYTES[dtype], 0);
