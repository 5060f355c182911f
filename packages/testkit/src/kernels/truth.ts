import type { Kernels } from '@syntrace/core';
import { samples, take } from './subject.js';

/** An operation on small input beside its definition, in float64. */
export interface Truth {
  readonly op: string;
  /** Largest difference allowed, as a share of the largest value. */
  readonly tolerance: number;
  measure(kernels: Kernels): Promise<{ readonly found: ArrayLike<number>; readonly expected: ArrayLike<number> }>;
}

const [H, W] = [6, 10];
const x = samples(H * W);
const each = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const sum = (count: number, term: (i: number) => number): number => each(count, term).reduce((a, b) => a + b, 0);

/** Orthonormal DCT-II, straight from its definition. */
function dct2(plane: ArrayLike<number>): number[] {
  const scale = (k: number, n: number) => Math.sqrt((k === 0 ? 1 : 2) / n);
  const basis = (k: number, i: number, n: number) => Math.cos((Math.PI * (2 * i + 1) * k) / (2 * n));
  return each(H * W, at => {
    const [u, v] = [Math.floor(at / W), at % W];
    return scale(u, H) * scale(v, W) * sum(H * W, i => plane[i]! * basis(u, Math.floor(i / W), H) * basis(v, i % W, W));
  });
}

/** Unnormalised 2-D DFT, real and imaginary parts in turn. */
function dft2(plane: ArrayLike<number>, columns: number): number[] {
  return each(H * columns * 2, at => {
    const [u, v, part] = [Math.floor(at / 2 / columns), Math.floor(at / 2) % columns, at % 2];
    const angle = (i: number) => -2 * Math.PI * ((u * Math.floor(i / W)) / H + (v * (i % W)) / W);
    return sum(H * W, i => plane[i]! * (part === 0 ? Math.cos(angle(i)) : Math.sin(angle(i))));
  });
}

const plane = (kernels: Kernels) => kernels.tensor('f32', x, [1, H, W]);
const mean = (values: ArrayLike<number>) => sum(values.length, i => values[i]!) / values.length;

/** Frees inputs after the operation. */
async function on(
  kernels: Kernels,
  work: (keep: <T extends Parameters<Kernels['free']>[0]>(tensor: T) => T) => Promise<ArrayLike<number>>,
): Promise<ArrayLike<number>> {
  const kept: Parameters<Kernels['free']> = [];
  try {
    return await work(tensor => {
      kept.push(tensor);
      return tensor;
    });
  } finally {
    kernels.free(...kept);
  }
}

export const TRUTHS: readonly Truth[] = [
  {
    op: 'dct2',
    tolerance: 1e-5,
    measure: async kernels => ({ found: await on(kernels, keep => take(kernels, kernels.dct2(keep(plane(kernels))))), expected: dct2(x) }),
  },
  {
    op: 'rfft2',
    tolerance: 1e-5,
    measure: async kernels => ({ found: await on(kernels, keep => take(kernels, kernels.rfft2(keep(plane(kernels))))), expected: dft2(x, W / 2 + 1) }),
  },
  {
    op: 'irfft2',
    tolerance: 1e-5,
    measure: async kernels => ({
      found: await on(kernels, async keep => take(kernels, kernels.irfft2(keep(await kernels.rfft2(keep(plane(kernels)))), W))),
      expected: x,
    }),
  },
  {
    op: 'logAbs',
    tolerance: 1e-5,
    measure: async kernels => ({
      found: await on(kernels, keep => take(kernels, kernels.logAbs(keep(plane(kernels)), 0.25))),
      expected: Array.from(x, value => Math.log(Math.abs(value) + 0.25)),
    }),
  },
  {
    op: 'linear',
    tolerance: 1e-5,
    measure: async kernels => {
      const [weights, bias] = [samples(3 * W, 2), samples(3, 3)];
      return {
        found: await on(kernels, keep => {
          const tensor = (data: Float32Array, ...shape: number[]) => keep(kernels.tensor('f32', data, shape));
          return take(kernels, kernels.linear(tensor(x, H, W), tensor(weights, 3, W), tensor(bias, 3)));
        }),
        expected: each(H * 3, at => bias[at % 3]! + sum(W, i => x[Math.floor(at / 3) * W + i]! * weights[(at % 3) * W + i]!)),
      };
    },
  },
  {
    op: 'moments',
    tolerance: 1e-9,
    measure: async kernels => {
      const rows = each(W, column => each(H, row => x[row * W + column]!));
      const found = await on(kernels, async keep => {
        const half = (from: number, to: number) => keep(kernels.tensor('f32', x.slice(from * W, to * W), [to - from, W]));
        const state = await kernels.moments(await kernels.moments(null, half(0, 2)), half(2, H));
        return [state.count, ...state.mean, ...state.m2];
      });
      const spread = (column: readonly number[]) => sum(H, i => (column[i]! - mean(column)) ** 2);
      return { found, expected: [H, ...rows.map(mean), ...rows.map(spread)] };
    },
  },
  {
    op: 'colour',
    tolerance: 1e-5,
    measure: async kernels => {
      const pixels = Uint8Array.from(samples(H * W * 3, 4), value => 127.5 * (value + 1));
      return {
        found: await on(kernels, keep => take(kernels, kernels.colour(keep(kernels.tensor('u8', pixels, [1, H, W, 3])), 'bt601'))),
        expected: each(H * W, i => 0.299 * pixels[3 * i]! + 0.587 * pixels[3 * i + 1]! + 0.114 * pixels[3 * i + 2]!),
      };
    },
  },
  {
    op: 'crop',
    tolerance: 0,
    measure: async kernels => ({
      found: await on(kernels, keep => take(kernels, kernels.crop(keep(kernels.tensor('f32', x, [1, 1, H, W])), [{ x: 3, y: 1, width: 4, height: 2 }]))),
      expected: each(8, i => x[(1 + Math.floor(i / 4)) * W + 3 + (i % 4)]!),
    }),
  },
];

/** Largest difference as a share of the largest expected value; infinite when lengths differ or a number is none. */
export function errorOf(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [worst, largest] = [0, 0];
  for (let i = 0; i < found.length; i++) {
    const error = Math.abs(found[i]! - expected[i]!);
    if (!(error <= worst)) worst = Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return worst / (largest || 1);
}
