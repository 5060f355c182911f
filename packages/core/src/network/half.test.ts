import { expect, it } from 'vitest';
import { fromHalf, toHalf } from './half.js';

it('every half is itself again', () => {
  const all = Uint16Array.from({ length: 65536 }, (_, i) => i).filter(half => (half & 0x7fff) <= 0x7c00);
  expect(toHalf(fromHalf(all))).toEqual(all);
});

it.each([
  // By NumPy: np.float32(x).astype(np.float16).view(np.uint16)
  [0.1, 0x2e66],
  [-1 / 3, 0xb555],
  [65504, 0x7bff],
  [65519, 0x7bff],
  [65520, 0x7c00],
  [1e-8, 0x0000],
  [2 ** -25, 0x0000],
  [1.5 * 2 ** -24, 0x0002],
  [2.5 * 2 ** -24, 0x0002],
  [6.1e-5, 0x03ff],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
])('%f', (value, bits) => {
  expect(toHalf(Float32Array.of(value))[0]).toBe(bits);
});
