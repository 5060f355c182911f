import { createGlue } from 'virtual:kernels-glue';
import type { DType, HostArrays } from '@syntrace/core';
import type { Binding } from '@syntrace/kernels-bridge';

const arrays = { u8: Uint8Array, f32: Float32Array, f64: Float64Array };

/** A session in an instance of its own. Tensors stay in its memory; views on that are made afresh each time, as it may have grown. */
export function openBinding(module: WebAssembly.Module): Binding {
  const glue = createGlue();
  const { memory } = glue.initSync({ module });
  const session = new glue.Session();
  return {
    upload(dtype, data, shape) {
      const id = session.allocate(dtype, Uint32Array.from(shape));
      new Uint8Array(memory.buffer, session.address(id), data.byteLength).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return id;
    },
    download(id, dtype) {
      const length = session.shape(id).reduce((product, side) => product * side, 1);
      return new arrays[dtype](memory.buffer as ArrayBuffer, session.address(id), length).slice() as HostArrays[DType];
    },
    describe: id => ({ dtype: session.dtype(id) as DType, shape: Array.from(session.shape(id)) }),
    call: (op, option, inputs, parameters) => Array.from(session.call(op, option, Uint32Array.from(inputs), Float64Array.from(parameters))),
    release(id) {
      try {
        session.release(id);
      } catch {
        // The instance trapped before; its memory goes with it.
      }
    },
    trapForTest: () => session.trapForTest(),
  };
}
