import type { DType, HostArrays } from '@syntrace/core';
import type { Binding } from '@syntrace/kernels-bridge';
import type { AddonSession } from './addon.js';

const arrays = { u8: Uint8Array, f32: Float32Array, f64: Float64Array };

export interface BindingOptions {
  /** Whether a call is worth a thread beside the caller's; `weight` is the number of elements that go in. */
  readonly inBackground: (op: string, weight: number) => boolean;
  /** Whether downloads wait for work that is under way: then they wait beside the caller. */
  readonly downloadsWait: boolean;
}

/** A session of an addon as the bridge wants it. */
export function bindingOf(session: AddonSession, { inBackground, downloadsWait }: BindingOptions): Binding {
  const sizes = new Map<number, number>();
  const sizeOf = (id: number) => sizes.get(id) ?? 0;
  return {
    upload(dtype, data, shape) {
      const id = session.upload(dtype, new Uint8Array(data.buffer, data.byteOffset, data.byteLength), [...shape]);
      sizes.set(id, data.length);
      return id;
    },
    download(id, dtype) {
      const values: HostArrays[DType] = new arrays[dtype](sizeOf(id));
      const bytes = new Uint8Array(values.buffer);
      if (downloadsWait) return session.downloadAsync(id, bytes).then(() => values);
      session.download(id, bytes);
      return values;
    },
    describe(id) {
      const shape = session.shape(id);
      sizes.set(
        id,
        shape.reduce((product, side) => product * side, 1),
      );
      return { dtype: session.dtype(id) as DType, shape };
    },
    call(op, option, inputs, parameters) {
      const weight = inputs.reduce((sum, id) => sum + sizeOf(id), 0);
      return inBackground(op, weight) ? session.callAsync(op, option, inputs, parameters) : session.call(op, option, inputs, parameters);
    },
    release(id) {
      sizes.delete(id);
      session.release(id);
    },
    close: () => session.close(),
    trapForTest: () => session.trapForTest(),
  };
}
