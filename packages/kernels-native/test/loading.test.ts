import { SyntraceError } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { cudaKernels, nativeKernels } from '../src/index.js';
import { loadAddon, loadCudaAddon, platformName } from '../src/load-addon.js';

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

/** An addon of the cards whose driver answers so. */
const cards = (probe: object, openCuda: () => never = () => expect.unreachable()) => ({
  Session: class {},
  __panic_for_test() {},
  probeCuda: () => JSON.stringify(probe),
  cudaRoutes: () => '{}',
  measureCuda: () => [1, 1],
  openCuda,
});
const withCards = (module: object) =>
  cudaKernels({ load: () => loadCudaAddon(specifier => (specifier.startsWith('@') ? module : missing(specifier)), 'linux-x64-gnu') });

describe('cards that cannot be used', () => {
  test('without the addon the command that repairs it is named', async () => {
    const backend = cudaKernels({ load: () => loadCudaAddon(missing, 'linux-x64-gnu') });
    expect(await backend.probe()).toMatchObject({ ok: false, hint: expect.stringContaining('@syntrace/kernels-cuda-linux-x64-gnu') });
    await expect(backend.open({})).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'BACKEND_UNAVAILABLE'));
  });

  test.each([
    ['no-driver', /470 or newer/],
    ['no-device', /nvidia-smi/],
    ['old-driver', /Update the NVIDIA driver/],
    ['old-card', /Pascal/],
    ['failed', /memory of the card/],
  ])('%s is a reason with a hint of its own', async (reason, hint) => {
    const refusal = { ok: false, reason, detail: `because of ${reason}` };
    const backend = withCards(
      cards(refusal, () => {
        throw new Error(JSON.stringify(refusal));
      }),
    );
    expect(await backend.probe()).toMatchObject({ ok: false, code: 'BACKEND_UNAVAILABLE', message: `because of ${reason}`, hint: expect.stringMatching(hint) });
    await expect(backend.open({})).rejects.toSatisfy(
      (e: unknown) => SyntraceError.is(e, 'BACKEND_UNAVAILABLE') && e.message.includes(`because of ${reason}`) && hint.test(e.hint),
    );
  });

  test('an addon of another version is told apart', () => {
    expect(loadCudaAddon(() => ({ Session: class {} }), 'linux-x64-gnu')).toMatchObject({ reason: expect.stringContaining('exports no openCuda') });
  });

  test('a card that fails while it is opened is refused with its words', async () => {
    const backend = withCards(
      cards({ ok: true }, () => {
        throw new Error('something else');
      }),
    );
    await expect(backend.open({})).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'BACKEND_UNAVAILABLE') && e.message.includes('something else'));
  });
});

const foundCuda = loadCudaAddon();

describe.skipIf(!foundCuda.addon)('the addon of the cards', () => {
  test('answers on a machine without a driver as on one with it, and never panics', async () => {
    const probe = JSON.parse(foundCuda.addon!.probeCuda());
    expect(probe).toMatchObject(probe.ok ? { name: expect.any(String) } : { reason: expect.any(String), detail: expect.any(String) });
    if (!probe.ok) await expect(cudaKernels().open({})).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'BACKEND_UNAVAILABLE'));
  });

  test('holds the kernels of the processor too', async () => {
    const kernels = await nativeKernels({ load: () => foundCuda }).open({ threads: 1 });
    await kernels.close();
  });

  test('says of every operation where it runs', () => {
    const routes = Object.entries(JSON.parse(foundCuda.addon!.cudaRoutes()));
    expect(routes.length).toBeGreaterThan(17);
    for (const [op, route] of routes) expect(['queued', 'waits', 'host'], op).toContain(route);
  });

  test('computes every operation in the self-test', async () => {
    const { addon } = foundCuda;
    const called = new Set<string>();
    class Watched extends addon!.Session {
      override call(op: string, ...rest: [string, number[], number[]]) {
        called.add(op);
        return super.call(op, ...rest);
      }
    }
    const load = () => ({ addon: { ...addon!, Session: Watched }, from: 'here' });
    await (await nativeKernels({ load }).open({ threads: 1 })).close();
    expect([...called].sort()).toEqual(Object.keys(JSON.parse(addon!.cudaRoutes())).sort());
  });
});
