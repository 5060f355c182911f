import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from '@syntrace/image-io';
import { describe, expect } from 'vitest';
import { type NpyArray, readNpy } from '../src/formats/npy.js';

const shared = process.env.SYNTRACE_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const folder = join(shared, 'golden/frequency');

/** Tests against the outputs of the published code; skipped, and said so, where these are not at hand. */
export const describeGolden: (name: string, tests: () => void) => void = existsSync(folder) ? describe : describe.skip;
if (!existsSync(folder)) process.stderr.write(`\nSKIPPED: golden tests of datasets: nothing at ${folder} (set SYNTRACE_SHARED)\n`);

export const golden = (name: string): string => join(folder, name);
export const goldenImage = (name: string) => decode(golden(`inputs/${name}`));

/** The numbers of a golden array. */
export async function goldenArray(name: string): Promise<{ readonly shape: readonly number[]; readonly data: ArrayLike<number> }> {
  const array: NpyArray = await readNpy(golden(`${name}.npy`));
  if (array.kind === 'text' || array.data instanceof BigInt64Array) throw new Error(`${name} holds no floats`);
  return { shape: array.shape, data: array.data };
}

/** Share of values within `tolerance` of what is wanted. */
export function shareWithin(got: ArrayLike<number>, want: ArrayLike<number>, tolerance: (want: number, i: number) => number): number {
  expect(got.length).toBe(want.length);
  let [close, counted] = [0, 0];
  for (let i = 0; i < want.length; i++) {
    const allowed = tolerance(want[i]!, i);
    if (Number.isNaN(allowed)) continue;
    counted++;
    close += Number(Math.abs(got[i]! - want[i]!) <= allowed);
  }
  return close / counted;
}

/** Greatest difference. */
export const greatest = (got: ArrayLike<number>, want: ArrayLike<number>): number => {
  expect(got.length).toBe(want.length);
  return Array.from(want).reduce((most, value, i) => Math.max(most, Math.abs(value - got[i]!)), 0);
};
