import type { Kernels, Tensor } from '@syntrace/core';

/** Work whose tensors are freed at its end, whatever happens. */
export async function scratch<T>(kernels: Kernels, work: (keep: <K extends Tensor>(tensor: K) => K) => Promise<T>): Promise<T> {
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
