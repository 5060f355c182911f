// A numeric backend of one's own: the WASM kernels, with a count of every call. Put your own operations in their place; whatever is not replaced goes through.
import wasm from '@syntrace/kernels-wasm';

const inner = wasm.kernels[0];
export const calls = new Map();

export default {
  name: 'counting-kernels',
  version: '1.0.0',
  contract: 1,
  kernels: [
    {
      id: 'counting',
      contract: 1,
      // Below 0: taken only when it is named.
      priority: -1,
      probe: () => inner.probe(),
      open: async options => counted(await inner.open(options)),
    },
  ],
};

function counted(kernels) {
  return new Proxy(kernels, {
    get(target, name) {
      if (name === 'backend') return 'counting';
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args) => {
        calls.set(name, (calls.get(name) ?? 0) + 1);
        return Reflect.apply(member, target, args);
      };
    },
  });
}
