import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { SyntraceError } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { createLearners, type WasmSource } from '../src/node.js';
import { moduleAddress } from '../src/wasm-module.js';
import { learnersSuite, problemOf } from './suite.js';

learnersSuite(createLearners);

const bytes = new Uint8Array(await readFile(moduleAddress()));

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

  test.each(sources)('%s', async (_, source) => {
    const learners = await createLearners({ wasmSource: source() });
    expect((await learners.ridge(problemOf(3))).gradient).toBeLessThan(1e-12);
  });

  test.each([
    ['bytes that are no module', () => bytes.slice(1)],
    ['an answer that is an error', () => new Response('', { status: 404 })],
    ['a file that is not there', () => new URL('./no.wasm', import.meta.url)],
  ] as const)('%s: a typed refusal', async (_, source) => {
    const error = await createLearners({ wasmSource: source() }).catch((caught: unknown) => caught);
    expect(SyntraceError.is(error, 'TRAINING_INVALID')).toBe(true);
    expect((error as SyntraceError).message).toContain('wasmSource');
  });
});

test('the committed build is the one that its checksums name', async () => {
  const folder = new URL('../pkg/', import.meta.url);
  const sums = JSON.parse(await readFile(new URL('checksums.json', folder), 'utf8')) as Record<string, string>;
  expect(Object.keys(sums)).toEqual((await readdir(folder)).filter(name => name !== 'checksums.json').sort());
  for (const [name, sum] of Object.entries(sums))
    expect(
      createHash('sha256')
        .update(await readFile(new URL(name, folder)))
        .digest('hex'),
    ).toBe(sum);
});
