import { KERNEL_BENCHMARKS, type Measurement, measure } from 'syntrace/bench';
import type { Report } from '../engine/protocol.js';
import type { Session } from './session.js';

/** Times kernels of the backend in use, one after another. No name: all of them. */
export async function measureKernels(
  { syntrace }: Session,
  names: readonly string[],
  size: number,
  report: Report<Measurement>,
  signal: AbortSignal,
): Promise<void> {
  const kernels = await syntrace.kernels();
  for (const benchmark of KERNEL_BENCHMARKS) {
    if (signal.aborted) return;
    if (names.length === 0 || names.includes(benchmark.name)) await report(await measure(benchmark, kernels, kernels.backend, size));
  }
}
