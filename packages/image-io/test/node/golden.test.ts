import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { decode } from '../../src/node/index.js';

const shared = process.env.SYNTRACE_SHARED ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const golden = join(shared, 'golden/frequency');

/** The samples of a C-ordered uint8 .npy file (version 1). */
function readNpy(path: string): { shape: number[]; data: Uint8Array } {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, start);
  if (!/'descr': '\|u1'/.test(header) || !/'fortran_order': False/.test(header)) throw new Error(`${path}: ${header}`);
  return {
    shape: /'shape': \(([^)]*)\)/
      .exec(header)![1]!
      .split(',')
      .filter(each => each.trim())
      .map(Number),
    data: new Uint8Array(bytes.subarray(start)),
  };
}

it('decodes the golden JPEG to its golden samples', async ctx => {
  const expected = join(golden, 'load/jpeg_decoded.npy');
  if (!existsSync(expected)) return ctx.skip(`no golden files at ${golden} (set SYNTRACE_SHARED)`);
  const { shape, data } = readNpy(expected);
  const image = await decode(join(golden, 'inputs/photo_256_q90.jpg'));
  expect([image.height, image.width, image.channels]).toEqual(shape);
  expect(Buffer.from(image.data).equals(Buffer.from(data))).toBe(true);
  expect(image.source.jpeg).toMatchObject({ quality: 90 });
});
