import { type Kernels, SyntraceError, type Tensor } from '@syntrace/core';
import type { Case } from './case.js';
import { cases } from './cases.js';

/** Runs one small case of every kernel against numbers made with SciPy in float64; about a millisecond.
 *  @throws BACKEND_SELF_TEST with the first kernel that computes wrongly */
export async function selfTest(kernels: Kernels): Promise<void> {
  for (const each of cases) await check(kernels, each);
}

async function check(kernels: Kernels, { op, run, want, tolerance }: Case): Promise<void> {
  const kept: Tensor[] = [];
  const keep = <T extends Tensor>(tensor: T): T => {
    kept.push(tensor);
    return tensor;
  };
  try {
    const got = await run(kernels, keep);
    const difference = got.length === want.length ? want.reduce((most, value, i) => Math.max(most, distance(got[i]!, value)), 0) : Number.POSITIVE_INFINITY;
    if (difference > tolerance) throw new SyntraceError('BACKEND_SELF_TEST', { id: kernels.backend, op, difference: difference.toPrecision(3) });
  } finally {
    kernels.free(...kept);
  }
}

const distance = (got: number, want: number) => (Number.isNaN(got) ? Number.POSITIVE_INFINITY : Math.abs(got - want));
