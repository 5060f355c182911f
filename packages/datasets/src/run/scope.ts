import type { Kernels, Tensor } from '@syntrace/core';

/** Keeps a tensor until the work is done, and gives it back. */
export type Keep = <T extends Tensor>(tensor: T) => T;

/** Does work whose tensors are freed at its end, whatever the end. */
export async function withTensors<R>(kernels: Kernels, work: (keep: Keep) => Promise<R>): Promise<R> {
  const held: Tensor[] = [];
  try {
    return await work(tensor => {
      held.push(tensor);
      return tensor;
    });
  } finally {
    kernels.free(...held);
  }
}
