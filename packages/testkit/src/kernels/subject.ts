import { type ErrorCode, type HostArrays, type KernelBackend, type Kernels, SyntraceError, seededRandom, type Tensor } from '@syntrace/core';
import { must } from '../rule.js';

/** A backend under test. */
export interface KernelSubject {
  readonly backend: KernelBackend;
}

/** A rule's check, or the reason why the backend cannot be used here. */
export const whereAvailable =
  (check: (subject: KernelSubject) => Promise<void>) =>
  async (subject: KernelSubject): Promise<unknown> => {
    const available = await subject.backend.probe();
    return available.ok ? check(subject) : `it is not available here: ${available.message}`;
  };

/** Opens the backend, works with it, and closes it whatever happens. */
export async function withKernels<T>({ backend }: KernelSubject, work: (kernels: Kernels) => Promise<T>): Promise<T> {
  const kernels = await backend.open({ threads: 1 });
  try {
    return await work(kernels);
  } finally {
    await kernels.close();
  }
}

/** Made-up samples within −1…1, the same for the same seed. */
export function samples(length: number, seed = 1): Float32Array {
  const random = seededRandom(seed, 'kernels');
  return Float32Array.from({ length }, () => 2 * random.next() - 1);
}

/** A tensor's numbers; the tensor is given back. */
export async function take<D extends keyof HostArrays>(kernels: Kernels, tensor: Tensor<D> | Promise<Tensor<D>>): Promise<HostArrays[D]> {
  const opened = await tensor;
  return kernels.read(opened).finally(() => kernels.free(opened));
}

/** @throws unless the work is refused with one of these codes */
export async function refused(work: () => unknown, codes: readonly ErrorCode[], about: string): Promise<void> {
  let result: unknown;
  try {
    result = await work();
  } catch (error) {
    must(
      SyntraceError.is(error) && codes.includes(error.code),
      `${about}: refused with ${SyntraceError.is(error) ? error.code : 'an error without a code'}, expected ${codes.join(' or ')}`,
    );
    return;
  }
  must(false, `${about}: accepted (${typeof result}), expected ${codes.join(' or ')}`);
}
