import { type DType, type HostArrays, type KernelBackend, type Kernels, SyntraceError, type Tensor } from '@syntrace/core';

/** A backend for the tests of apps: it keeps tensors, and refuses every operation by name. Opens at once, anywhere. */
export const fakeKernels = (id = 'fake'): KernelBackend => ({
  id,
  contract: 1,
  priority: 0,
  probe: async () => ({ ok: true, detail: 'a fake for tests' }),
  open: async () => openFake(id),
});

function openFake(backend: string): Kernels {
  const data = new Map<Tensor, HostArrays[DType]>();
  const own: Pick<Kernels, 'backend' | 'threads' | 'tensor' | 'read' | 'free' | 'close'> = {
    backend,
    threads: 1,
    tensor(dtype, values, shape) {
      const expected = shape.reduce((product, side) => product * side, 1);
      if (values.length !== expected) throw new SyntraceError('KERNEL_SHAPE', { op: 'tensor', expected, received: values.length });
      const tensor = { dtype, shape, backend };
      data.set(tensor, values.slice());
      return tensor;
    },
    async read(tensor) {
      const values = data.get(tensor);
      if (!values) throw new SyntraceError('KERNEL_FOREIGN_TENSOR', { op: 'read', owner: tensor.backend });
      return values.slice() as never;
    },
    free(...tensors) {
      for (const tensor of tensors) data.delete(tensor);
    },
    close: async () => data.clear(),
  };
  return new Proxy(own, {
    get: (target, name) => {
      // Whoever awaits the object asks for `then`.
      if (name in target || typeof name === 'symbol' || name === 'then') return Reflect.get(target, name);
      return async () => {
        throw new SyntraceError('KERNEL_VALUE', { op: name, detail: `the fake backend ${backend} computes nothing` });
      };
    },
  }) as Kernels;
}
