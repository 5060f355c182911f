import type { Kernels, Tensor } from '@syntrace/core';

/** Rows and bytes of a strip at most: some seconds' work with each other strip, so that progress shows and an abort is heard. */
const STRIP_ROWS = 256;
const STRIP_BYTES = 64 << 20;

/** Spectra of one strip, or of a later and an earlier one, for a comparison. */
export interface StripPair {
  readonly spectra: Tensor<'f32'> | readonly [Tensor<'f32'>, Tensor<'f32'>];
  /** Numbers of the first row and of the first column. */
  readonly row: number;
  readonly column: number;
  /** Comparisons done when this one is, and in all. */
  readonly done: number;
  readonly total: number;
}

/** Brings rows of spectra to the kernels strip by strip, so that each row from number `from` on meets every row before it once. Two strips are there at a time.
 *  @throws the signal's reason */
export async function* stripPairs(kernels: Kernels, rows: readonly Float32Array[], from: number, signal?: AbortSignal): AsyncGenerator<StripPair> {
  const [earlier, later] = [stripsOf(rows, 0, from), stripsOf(rows, from, rows.length)];
  const total = pairsUpTo(rows.length) - pairsUpTo(from);
  let done = 0;
  for (const [i, strip] of later.entries()) {
    const own = uploaded(kernels, rows, strip);
    try {
      for (const other of [...earlier, ...later.slice(0, i)]) {
        signal?.throwIfAborted();
        const met = uploaded(kernels, rows, other);
        done += strip.length * other.length;
        try {
          yield { spectra: [own, met], row: strip.first, column: other.first, done, total };
        } finally {
          kernels.free(met);
        }
      }
      signal?.throwIfAborted();
      done += pairsUpTo(strip.length);
      if (strip.length > 1) yield { spectra: own, row: strip.first, column: strip.first, done, total };
    } finally {
      kernels.free(own);
    }
  }
}

interface Strip {
  readonly first: number;
  readonly length: number;
}

function stripsOf(rows: readonly Float32Array[], from: number, to: number): readonly Strip[] {
  const most = Math.max(1, Math.min(STRIP_ROWS, Math.floor(STRIP_BYTES / (4 * (rows[0]?.length ?? 1)))));
  return Array.from({ length: Math.ceil((to - from) / most) }, (_, i) => ({ first: from + i * most, length: Math.min(most, to - from - i * most) }));
}

const pairsUpTo = (rows: number): number => (rows * (rows - 1)) / 2;

function uploaded(kernels: Kernels, rows: readonly Float32Array[], { first, length }: Strip): Tensor<'f32'> {
  return stackedRows(kernels, rows.slice(first, first + length));
}

/** Rows of one length as a tensor [n, length]. */
export function stackedRows(kernels: Kernels, rows: readonly Float32Array[]): Tensor<'f32'> {
  const length = rows[0]!.length;
  const stack = new Float32Array(rows.length * length);
  for (const [i, row] of rows.entries()) stack.set(row, i * length);
  return kernels.tensor('f32', stack, [rows.length, length]);
}
