import type { Tensor } from '@syntrace/core';

/** Tensors of this backend, each standing for one of the inner kernels. */
export class Tensors {
  private readonly inners = new Map<Tensor, Tensor>();

  constructor(private readonly backend: string) {}

  /** The same value with tensors of this backend in the place of inner ones. */
  own(value: unknown): unknown {
    return mapped(value, tensor => {
      const own = { ...tensor, backend: this.backend };
      this.inners.set(own, tensor);
      return own;
    });
  }

  /** The same value with inner tensors; one that is not known stays as it is, and the inner kernels refuse it. */
  inner(value: unknown): unknown {
    return mapped(value, tensor => this.inners.get(tensor) ?? tensor);
  }

  forget(tensors: readonly Tensor[]): void {
    for (const tensor of tensors) this.inners.delete(tensor);
  }
}

function mapped(value: unknown, change: (tensor: Tensor) => Tensor): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if ('dtype' in value && 'shape' in value && 'backend' in value) return change(value as Tensor);
  if (Array.isArray(value)) return value.map(each => mapped(each, change));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapped(each, change)]));
}
