import type { DType, HostArrays } from '@syntrace/core';
import type { Binding } from '@syntrace/kernels-bridge';
import type { Addon } from './addon.js';

const arrays = { u8: Uint8Array, f32: Float32Array, f64: Float64Array };

/** Below this many elements a call is done sooner than a thread is woken for it. */
const WORTH_A_THREAD = 1 << 15;

/** A session of the addon. With one thread everything runs on the caller's; with more, long calls run beside it. */
export function openBinding(addon: Addon, threads: number): Binding {
  const session = new addon.Session(threads);
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
      session.download(id, new Uint8Array(values.buffer));
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
      const inBackground = threads > 1 && weight >= WORTH_A_THREAD;
      return inBackground ? session.callAsync(op, option, inputs, parameters) : session.call(op, option, inputs, parameters);
    },
    release(id) {
      sizes.delete(id);
      session.release(id);
    },
    trapForTest: () => session.trapForTest(),
  };
}
