import { SyntraceError } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { nativeKernels } from '../src/index.js';
import { loadAddon, platformName } from '../src/load-addon.js';

const missing = (specifier: string) => {
  throw Object.assign(new Error(`Cannot find module '${specifier}'`), { code: 'MODULE_NOT_FOUND' });
};
const found = loadAddon();

describe('an addon that is not there', () => {
  test('is unavailable, with the command that repairs it', async () => {
    const backend = nativeKernels({ load: () => loadAddon(missing, 'plan9-riscv') });
    expect(await backend.probe()).toMatchObject({
      ok: false,
      code: 'BACKEND_UNAVAILABLE',
      hint: expect.stringContaining('npm install @syntrace/kernels-native-plan9-riscv'),
    });
    await expect(backend.open({})).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'BACKEND_UNAVAILABLE'));
  });

  test('the package of the platform serves where no checkout does', () => {
    const addon = { Session: class {}, __panic_for_test() {} };
    const loaded = loadAddon(specifier => (specifier.startsWith('@') ? addon : missing(specifier)), 'linux-x64-gnu');
    expect(loaded).toMatchObject({ addon, from: '@syntrace/kernels-native-linux-x64-gnu' });
  });

  test('one that does not load, or is another module, says why', () => {
    const broken = loadAddon(() => {
      throw new Error('GLIBC_2.99 not found');
    }, 'linux-x64-gnu');
    expect(broken).toMatchObject({ addon: undefined, reason: expect.stringContaining('GLIBC_2.99') });
    expect(loadAddon(() => ({}), 'linux-x64-gnu')).toMatchObject({ addon: undefined, reason: expect.stringContaining('exports no Session') });
  });

  test('platforms are named as napi-rs names them', () => {
    expect(platformName()).toMatch(/^(linux-\w+-(gnu|musl)|darwin-\w+|win32-\w+-msvc)$/);
  });
});

describe.skipIf(!found.addon)('the addon itself', () => {
  test('a panic inside becomes an error, and the process lives', () => {
    for (let i = 0; i < 3; i++) expect(() => found.addon?.__panic_for_test()).toThrow(/on request/);
  });

  test('results do not depend on the number of threads', async () => {
    const data = Float32Array.from({ length: 4 * 300 * 211 }, (_, i) => (i * 7919) % 256);
    const results = [];
    for (const threads of [1, 2, 5]) {
      const kernels = await nativeKernels().open({ threads });
      expect(kernels.threads).toBe(threads);
      const x = kernels.tensor('f32', data, [4, 300, 211]);
      const { mean, deviation } = await kernels.tileLogDct(x, { tile: 16, stride: 8, eps: 1e-6 });
      results.push([await kernels.read(await kernels.dct2(x)), await kernels.read(mean), await kernels.read(deviation)]);
      await kernels.close();
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test('many calls at once give each its own result', async () => {
    const kernels = await nativeKernels().open({ threads: 2 });
    const sides = Array.from({ length: 24 }, (_, i) => 190 + i);
    const means = sides.map(async side => {
      const x = kernels.tensor('f32', new Float32Array(side * side).fill(side), [side, side]);
      const [first] = await kernels.read(await kernels.dct2(x));
      return first! / side;
    });
    for (const [i, mean] of (await Promise.all(means)).entries()) expect(mean).toBeCloseTo(sides[i]!, 3);
    await kernels.close();
  });
});
