import { readFile } from 'node:fs/promises';
import { SyntraceError, type Tensor } from '@syntrace/core';
import { expect, test } from 'vitest';
import { wasmKernels } from '../src/index.js';
import { moduleAddress } from '../src/wasm-module.js';

const MEMORY = 5;

/** An unsigned LEB128 number of at most 32 bits and where it ends. */
function leb(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value += (bytes[at]! & 0x7f) * 2 ** shift;
    if (bytes[at]! < 0x80) return [value, at + 1];
  }
}

/** Five bytes, whatever the value. */
const encoded = (value: number) => Array.from({ length: 5 }, (_, i) => (Math.floor(value / 2 ** (7 * i)) & 0x7f) | (i < 4 ? 0x80 : 0));

/** The module with so many pages of 64 KiB more than it starts with, and then no more. */
function withPages(module: Uint8Array, more: number): Uint8Array<ArrayBuffer> {
  for (let at = 8; at < module.length; ) {
    const [size, start] = leb(module, at + 1);
    if (module[at] === MEMORY) {
      const [least] = leb(module, start + 2);
      const section = [1, 1, ...encoded(least), ...encoded(least + more)];
      return new Uint8Array([...module.subarray(0, at), MEMORY, ...encoded(section.length), ...section, ...module.subarray(start + size)]);
    }
    at = start + size;
  }
  throw new Error('there is no memory section');
}

test('memory that there is not is refused with its size, and the backend works on', async () => {
  const module = new Uint8Array(await readFile(moduleAddress()));
  const kernels = await wasmKernels({ wasmSource: withPages(module, 1024) }).open({});
  const side = 2048;
  const samples = new Float32Array(side * side).fill(1);
  const kept: Tensor[] = [];
  const fill = () => {
    for (let i = 0; i < 10; i++) kept.push(kernels.tensor('f32', samples, [side, side]));
  };
  expect(fill).toThrow(expect.objectContaining({ code: 'KERNEL_VALUE', message: expect.stringContaining(`no memory for ${4 * side * side} bytes`) }));
  expect(kept.length).toBeGreaterThan(1);
  const [first, ...others] = kept;
  // An operation's result is refused like a tensor.
  await expect(kernels.logAbs(first as Tensor<'f32'>, 1)).rejects.toSatisfy(
    (e: unknown) => SyntraceError.is(e, 'KERNEL_VALUE') && e.message.includes(`no memory for ${4 * side * side} bytes`),
  );
  kernels.free(...others);
  const logs = await kernels.read(await kernels.logAbs(first as Tensor<'f32'>, 1));
  expect(logs[side]).toBeCloseTo(Math.LN2, 6);
  await kernels.close();
});
