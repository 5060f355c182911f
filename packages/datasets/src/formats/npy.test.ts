import { describe, expect, it } from 'vitest';
import { npyBytes, npyHeader, npyText, parseNpy } from './npy.js';

describe('npy', () => {
  it.each([
    ['|u1', Uint8Array.of(1, 2, 255, 4, 5, 6)],
    ['<i4', Int32Array.of(1, -2, 3, 4, 5, 6)],
    ['<i8', BigInt64Array.of(1n, -2n, 3n, 4n, 5n, 1n << 60n)],
    ['<f4', Float32Array.of(1, -2.5, 3, 4, 5, 6)],
    ['<f8', Float64Array.of(1, -2.5, Number.NaN, 4, 5, 6)],
  ] as const)('%s comes back as it was', (kind, data) => {
    expect(parseNpy(npyBytes(kind, data, [2, 3]), 'x')).toEqual({ kind, shape: [2, 3], data });
  });

  it('is what NumPy 2 writes but for the padding', () => {
    // numpy.save of numpy.array([1.5, -2], numpy.float32): the same dictionary, padded to 128 bytes.
    const bytes = Buffer.from(npyBytes('<f4', Float32Array.of(1.5, -2), [2]));
    expect(bytes.toString('latin1', 0, 10)).toBe('\x93NUMPY\x01\x00\x76\x00');
    expect(bytes.toString('latin1', 10, 128)).toBe(`${"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".padEnd(117)}\n`);
    expect(bytes.toString('hex', 128)).toBe('0000c03f000000c0');
  });

  it('keeps unicode strings as NumPy does', () => {
    const bytes = npyText(['0', '10', 'ä𝄞']);
    expect(Buffer.from(bytes).toString('latin1', 10, 60)).toContain("'descr': '<U2'");
    expect(parseNpy(bytes, 'x')).toEqual({ kind: 'text', shape: [3], text: ['0', '10', 'ä𝄞'] });
  });

  it.each([
    ['no npy', Buffer.from('hello there, this is text'), /no .npy/],
    ['a short file', Buffer.from(npyBytes('<f4', Float32Array.of(1, 2), [2])).subarray(0, 130), /2 bytes for shape \(2\)/],
    ['bytes too many', Buffer.concat([npyBytes('|u1', Uint8Array.of(1), [1]), Buffer.from('x')]), /2 bytes/],
    ['a strange type', Buffer.from(npyHeader('<c8', [0])), /its type is <c8/],
    [
      'Fortran order',
      Buffer.from(
        Buffer.from(npyBytes('|u1', Uint8Array.of(1), [1]))
          .toString('latin1')
          .replace('False', 'True '),
        'latin1',
      ),
      /Fortran/,
    ],
  ])('refuses %s', (_, bytes, words) => {
    expect(() => parseNpy(bytes, 'x.npy')).toThrow(expect.objectContaining({ code: 'DATA_INVALID', message: expect.stringMatching(words) }));
  });
});
