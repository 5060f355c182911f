import { SyntraceError } from '../errors.js';

/** `n` ascending quantiles at the levels 0, 1/(n−1), …, 1, linear between order statistics (NumPy's default): what a model card keeps. O(m log m)
 *  @throws USAGE without values, for values that are not finite, for n below 2 */
export function equalSpacedQuantiles(values: Iterable<number>, n: number): number[] {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0 || !sorted.every(Number.isFinite)) throw new SyntraceError('USAGE', { detail: 'quantiles need finite numbers, at least one' });
  if (!Number.isSafeInteger(n) || n < 2) throw new SyntraceError('USAGE', { detail: `expected 2 or more quantiles, received ${n}` });
  return Array.from({ length: n }, (_, i) => quantileOf(sorted, i / (n - 1)));
}

/** One quantile of ascending numbers. */
export function quantileOf(sorted: ArrayLike<number>, level: number): number {
  const at = level * (sorted.length - 1);
  const low = Math.floor(at);
  const [a, b] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  // Without rounding at equal neighbours, so that the quantiles stay ascending.
  return a === b ? a : a + (b - a) * (at - low);
}
