import type { DType, Tensor } from '@syntrace/core';
import type { Binding } from './binding.js';

/** A tensor that lives in a session. */
export class HandleTensor<D extends DType = DType> implements Tensor<D> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly backend: string;
  /** Number in the session; 0 once freed. */
  id: number;
  readonly binding: Binding;

  constructor(backend: string, binding: Binding, id: number, dtype: D, shape: readonly number[]) {
    this.backend = backend;
    this.binding = binding;
    this.id = id;
    this.dtype = dtype;
    this.shape = shape;
    forgotten?.register(this, { binding, id }, this);
  }

  free(): void {
    if (this.id === 0) return;
    forgotten?.unregister(this);
    this.binding.release(this.id);
    this.id = 0;
  }
}

/** Gives back what nobody can reach any more; freeing by hand is still better, since collection comes late. */
const forgotten =
  typeof FinalizationRegistry === 'undefined'
    ? undefined
    : new FinalizationRegistry<{ binding: Binding; id: number }>(({ binding, id }) => binding.release(id));
