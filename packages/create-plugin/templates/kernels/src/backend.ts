import { KERNEL_CONTRACT, type KernelBackend, type Kernels, type Tensor } from '@syntrace/core';
import wasm from '@syntrace/kernels-wasm';
import { Tensors } from './tensors.js';

const inner = wasm.kernels![0]!;
const ID = '__ID__';

export const backend: KernelBackend = {
  id: ID,
  contract: KERNEL_CONTRACT,
  // Below 0: taken only when it is named.
  priority: -1,
  probe: () => inner.probe(),
  open: async options => renamed(await inner.open(options)),
};

/** The inner kernels under this backend's name. Replace operations here by your own: `if (name === 'dct2') return myDct2;`. */
function renamed(kernels: Kernels): Kernels {
  const tensors = new Tensors(ID);
  return new Proxy(kernels, {
    get(target, name) {
      if (name === 'backend') return ID;
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]) => {
        const result: unknown = Reflect.apply(
          member,
          target,
          args.map(arg => tensors.inner(arg)),
        );
        if (name === 'free') tensors.forget(args as readonly Tensor[]);
        return result instanceof Promise ? result.then(value => tensors.own(value)) : tensors.own(result);
      };
    },
  });
}
