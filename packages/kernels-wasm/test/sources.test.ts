import { readFile } from 'node:fs/promises';
import { type Kernels, SyntraceError } from '@syntrace/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { wasmKernels } from '../src/index.js';
import { moduleAddress } from '../src/wasm-module.js';
import type { WasmSource } from '../src/wasm-source.js';

const bytes = new Uint8Array(await readFile(moduleAddress()));

async function works(kernels: Kernels): Promise<void> {
  const result = await kernels.dct2(kernels.tensor('f32', Float32Array.of(2), [1, 1]));
  expect(await kernels.read(result)).toEqual(Float32Array.of(2));
  await kernels.close();
}

describe('where the module comes from', () => {
  const sources: readonly (readonly [string, () => WasmSource | Promise<WasmSource>])[] = [
    ['an address', moduleAddress],
    ['an address as text', () => moduleAddress().href],
    ['bytes', () => bytes],
    ['a buffer', () => bytes.buffer],
    ['a response', () => new Response(bytes)],
    ['a promise of one', async () => new Response(bytes)],
    ['a compiled module', () => WebAssembly.compile(bytes)],
  ];

  test.each(sources)('%s', async (_, source) => works(await wasmKernels({ wasmSource: source() }).open({})));

  test.each([
    ['bytes that are no module', () => bytes.slice(1)],
    ['an answer that is an error', () => new Response('', { status: 404 })],
    ['a file that is not there', () => new URL('./no.wasm', import.meta.url)],
  ] as const)('%s: a typed refusal with a remedy', async (_, source) => {
    const error = await wasmKernels({ wasmSource: source() })
      .open({})
      .catch((caught: unknown) => caught);
    expect(SyntraceError.is(error, 'BACKEND_UNAVAILABLE')).toBe(true);
    expect((error as SyntraceError).hint).toContain('wasmSource');
  });
});

describe('an engine without SIMD', () => {
  afterEach(() => vi.restoreAllMocks());

  test('is told so by probe and by open', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const backend = wasmKernels();
    const availability = await backend.probe();
    expect(availability).toMatchObject({ ok: false, code: 'BACKEND_UNAVAILABLE' });
    await expect(backend.open({})).rejects.toThrow(/no SIMD/);
  });
});

test('a module that computes wrongly is refused by the self-test', async () => {
  // The first float constant of the code section that is 0.299: the weight of red.
  const weight = new Uint8Array(Float32Array.of(0.299).buffer);
  const broken = bytes.slice();
  for (let i = 0; i + 4 <= broken.length; i++) if (weight.every((byte, j) => broken[i + j] === byte)) broken[i + 2] = (broken[i + 2] ?? 0) ^ 0x40;
  await expect(wasmKernels({ wasmSource: broken }).open({})).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'BACKEND_SELF_TEST'));
});
