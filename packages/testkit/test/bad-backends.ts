import type { KernelBackend, Kernels } from '@syntrace/core';
import wasm from '@syntrace/kernels-wasm/inline';

export const good: KernelBackend = wasm.kernels![0]!;

/** The WASM kernels with parts of them replaced. */
const altered = (change: (kernels: Kernels) => Partial<Kernels>, more: Partial<KernelBackend> = {}): KernelBackend => ({
  ...good,
  probe: () => good.probe(),
  async open(options) {
    const kernels = await good.open(options);
    const changes = change(kernels);
    return new Proxy(kernels, {
      get(target, name) {
        const own = Reflect.get(name in changes ? changes : target, name) as unknown;
        return typeof own === 'function' ? own.bind(target) : own;
      },
    });
  },
  ...more,
});

let turn = 0;

/** For every rule on backends, backends that it catches. */
export const BAD_BACKENDS: Readonly<Record<string, readonly { readonly what: string; readonly backend: KernelBackend }[]>> = {
  'kernels/contract': [
    { what: 'another contract', backend: altered(() => ({}), { contract: 9 as never }) },
    { what: 'opens under another name', backend: altered(() => ({ backend: 'other' })) },
    { what: 'not available without a reason', backend: altered(() => ({}), { probe: async () => ({ ok: false, code: 'X', message: '', hint: '' }) }) },
  ],
  'kernels/round-trip': [
    {
      what: 'float64 kept as float32',
      backend: altered(kernels => ({
        read: (async (tensor: never) => {
          const data = (await kernels.read(tensor)) as Float32Array | Float64Array;
          return data instanceof Float64Array ? Float64Array.from(Float32Array.from(data)) : data;
        }) as never,
      })),
    },
  ],
  'kernels/refusals': [
    {
      what: 'any number of samples',
      backend: altered(kernels => ({ tensor: ((dtype: 'f32', data: Float32Array) => kernels.tensor(dtype, data, [data.length])) as never })),
    },
    {
      what: 'errors without a code',
      backend: altered(kernels => ({ linear: (...args) => kernels.linear(...args).catch(error => Promise.reject(new Error((error as Error).message))) })),
    },
  ],
  'kernels/foreign': [{ what: 'frees nothing', backend: altered(() => ({ free: () => {} })) }],
  'kernels/truth': [
    {
      what: 'another normalisation',
      backend: altered(kernels => ({
        dct2: async x => {
          const y = await kernels.dct2(x);
          const data = (await kernels.read(y)).map(value => 2 * value) as never;
          return kernels.tensor(y.dtype, data, y.shape);
        },
      })),
    },
  ],
  'kernels/leaves-input': [
    {
      what: 'works in place',
      backend: altered(kernels => {
        const written = new WeakSet<object>();
        return {
          logAbs: (x, eps) => {
            written.add(x);
            return kernels.logAbs(x, eps);
          },
          read: (async (tensor: never) => {
            const data = (await kernels.read(tensor)) as Float32Array;
            return written.has(tensor) ? data.map(Math.abs) : data;
          }) as never,
        };
      }),
    },
  ],
  'kernels/deterministic': [
    {
      what: 'a sum in another order each time',
      backend: altered(kernels => ({
        dct2: async x => {
          const y = await kernels.dct2(x);
          const data = (await kernels.read(y)).slice() as Float32Array;
          data[0] = data[0]! * (1 + 1e-7 * ++turn);
          return kernels.tensor(y.dtype, data as never, y.shape);
        },
      })),
    },
  ],
  'kernels/close': [
    {
      what: 'closing one closes all',
      backend: (() => {
        let shared: Promise<Kernels> | undefined;
        return { ...good, probe: () => good.probe(), open: (options: never) => (shared ??= good.open(options)) };
      })(),
    },
  ],
};
