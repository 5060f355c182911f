import type { Kernels, Tensor } from '@syntrace/core';

export type Keep = <T extends Tensor>(tensor: T) => T;

/** Runs a piece of work and gives back every tensor that it kept, also when it fails. */
export async function keeping<T>(kernels: Kernels, work: (keep: Keep) => Promise<T>): Promise<T> {
  const kept: Tensor[] = [];
  try {
    return await work(tensor => {
      kept.push(tensor);
      return tensor;
    });
  } finally {
    kernels.free(...kept);
  }
}
