import type { Kernels } from '@syntrace/core';
import { wasmKernels } from '@syntrace/kernels-wasm';
import { expect, test } from 'vitest';
import { KERNEL_BENCHMARKS } from '../src/bench/kernels/kernels.js';

test('every kernel is timed by `syntrace bench`, and each of its rows runs', async () => {
  const kernels = await wasmKernels().open({});
  const run = new Set<string>();
  const watched = new Proxy(kernels, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      run.add(String(name));
      return value.bind(target) as unknown;
    },
  });
  for (const { name, setUp, run: work } of KERNEL_BENCHMARKS) {
    const inputs = await setUp(kernels, 64);
    kernels.free(...(await work(watched, inputs).catch((error: unknown) => expect.unreachable(`${name}: ${error}`))), ...inputs);
  }
  expect(operationsOf(kernels).filter(operation => !run.has(operation))).toEqual([]);
  expect(new Set(KERNEL_BENCHMARKS.map(({ name }) => name)).size).toBe(KERNEL_BENCHMARKS.length);
  await kernels.close();
});

/** Methods of the bridge that are operations. */
function operationsOf(kernels: Kernels): string[] {
  const others = ['constructor', 'tensor', 'read', 'free', 'close', 'trapForTest', 'one', 'run'];
  const names: string[] = [];
  for (let type = Object.getPrototypeOf(kernels) as object; type !== Object.prototype; type = Object.getPrototypeOf(type) as object) {
    names.push(...Object.getOwnPropertyNames(type));
  }
  return [...new Set(names)].filter(name => !others.includes(name));
}
