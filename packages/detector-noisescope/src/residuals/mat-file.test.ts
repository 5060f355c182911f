import { SyntraceError } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import fixtures from '../../test/fixtures/fixtures.json' with { type: 'json' };
import { readMatResidual } from './mat-file.js';
import { readNpy, writeNpy } from './npy.js';
import { readResidual } from './read-residual.js';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
const file = (name: keyof typeof fixtures.mat) => bytesOf(fixtures.mat[name]);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: unknown) => (SyntraceError.is(error, 'RESIDUAL_INVALID') ? error.message : String(error)),
  );

describe('a MAT-file', () => {
  it.each(['plain', 'zlib'] as const)('gives Noise row by row (%s)', async name => {
    const { shape, data } = await readMatResidual(file(name), 'a.mat');
    expect(shape).toEqual([3, 4]);
    expect(data).toEqual(Float32Array.from(fixtures.noise.flat()));
  });

  it('may hold whole numbers', async () => {
    expect([...(await readMatResidual(file('whole'), 'a.mat')).data]).toEqual([-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]);
  });

  it('is refused without Noise, with complex numbers, cut off, of version 7.3', async () => {
    expect(await refusal(readMatResidual(file('without'), 'a.mat'))).toMatch(/no variable Noise, but Residual/);
    expect(await refusal(readMatResidual(file('complex'), 'a.mat'))).toMatch(/complex/);
    expect(await refusal(readMatResidual(file('plain').subarray(0, 200), 'a.mat'))).toMatch(/damaged/);
    expect(await refusal(readMatResidual(file('zlib').subarray(0, 240), 'a.mat'))).toMatch(/damaged|does not fit/);
    expect(await refusal(readMatResidual(new TextEncoder().encode(`MATLAB 7.3 MAT-file${' '.repeat(120)}`), 'a.mat'))).toMatch(/7\.3 \(HDF5\).*-v7/);
    expect(await refusal(readMatResidual(new Uint8Array(200), 'a.mat'))).toMatch(/not a MAT-file/);
  });
});

describe('an .npy file', () => {
  it('comes back as it was written', () => {
    const data = Float32Array.from([1, -2.5, 3, 4, 5, 6]);
    const { shape, dtype, data: again } = readNpy(writeNpy('f32', [2, 3], data), 'a.npy');
    expect({ shape, dtype, again }).toEqual({ shape: [2, 3], dtype: 'f32', again: data });
    expect(writeNpy('f64', [2], Float64Array.of(1, 2)).length % 16).toBe(0);
  });

  it('is refused when it is not one, cut off, or of another order or type', async () => {
    const good = writeNpy('f32', [2, 3], new Float32Array(6));
    const changed = (from: string, to: string) => Uint8Array.from(String.fromCharCode(...good).replace(from, to), letter => letter.charCodeAt(0));
    expect(await refusal(readResidual(good.subarray(0, 100), 'a.npy'))).toMatch(/header is cut off|bytes for shape/);
    expect(await refusal(readResidual(good.subarray(0, good.length - 1), 'a.npy'))).toMatch(/bytes for shape/);
    expect(await refusal(readResidual(changed('False', 'True '), 'a.npy'))).toMatch(/Fortran/);
    expect(await refusal(readResidual(changed('<f4', '<i4'), 'a.npy'))).toMatch(/<i4/);
    expect(await refusal(readResidual(new Uint8Array(64), 'a.npy'))).toMatch(/not an \.npy/);
  });

  it('may be a stack, and must be finite', async () => {
    const { maps } = await readResidual(writeNpy('f64', [2, 1, 3], Float64Array.of(1, 2, 3, 4, 5, 6)), 'a.npy');
    expect(maps).toEqual([Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)]);
    expect(await refusal(readResidual(writeNpy('f32', [1, 2], Float32Array.of(1, Number.NaN)), 'a.npy'))).toMatch(/finite/);
    expect(await refusal(readResidual(writeNpy('u8', [1, 2], Uint8Array.of(1, 2)), 'a.npy'))).toMatch(/bytes/);
  });
});
