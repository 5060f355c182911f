import type { Kernels, Moments } from '@syntrace/core';

type Sample = Float32Array | Float64Array;

/** Running mean and variance, fed one sample at a time and computed in batches. */
export interface RunningMoments {
  add(sample: Sample): Promise<void>;
  /** Takes in what waits. `null` when there never was a sample. */
  flush(): Promise<Moments | null>;
}

/** Samples of one computation: the state, twice as large as a float64 sample, is copied each time. */
const BATCH = 16;

/** Welford's statistics of samples of one size, from `state` on; float64. The same samples and the same flushes give the same bits. O(sample) memory. */
export function momentsOf(kernels: Kernels, state: Moments | null): RunningMoments {
  let current = state;
  const waiting: Sample[] = [];
  let joined: Sample | undefined;
  const flush = async () => {
    const first = waiting[0];
    if (!first) return current;
    const length = waiting.length * first.length;
    // One buffer for all batches: fresh memory costs more than the copy.
    if (!joined || joined.length < length || joined.constructor !== first.constructor)
      joined = first instanceof Float64Array ? new Float64Array(BATCH * first.length) : new Float32Array(BATCH * first.length);
    for (const [i, sample] of waiting.entries()) joined.set(sample, i * first.length);
    const batch = joined.subarray(0, length);
    const samples = kernels.tensor(first instanceof Float64Array ? 'f64' : 'f32', batch, [waiting.length, first.length]);
    waiting.length = 0;
    current = await kernels.moments(current, samples).finally(() => kernels.free(samples));
    return current;
  };
  return {
    async add(sample) {
      waiting.push(sample);
      if (waiting.length === BATCH) await flush();
    },
    flush,
  };
}

/** Population variance. */
export const varianceOf = ({ count, m2 }: Moments): Float64Array => m2.map(sum => sum / count);
