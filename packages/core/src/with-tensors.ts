import type { Kernels } from './contract/kernels.js';
import type { Tensor } from './contract/tensor.js';

/** Keeps a tensor until the work is done, and gives it back. */
export type KeepTensor = <T extends Tensor>(tensor: T) => T;

/** Does work whose tensors are freed at its end, whatever the end. */
export async function withTensors<R>(kernels: Kernels, work: (keep: KeepTensor) => Promise<R>): Promise<R> {
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
