import { type FoundClassifier, type ImportedParts, type StoredTensor, SyntraceError } from '@syntrace/core';
import { permute } from './permute.js';

/** An array as NumPy keeps it. */
export interface StatisticsArray {
  /** What errors call it. */
  readonly file: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** What published classifiers of spectra come with: `mean.npy` and `var.npy`, [height, width, channels], or [height, width] for grey. */
export interface PublishedStatistics {
  readonly mean: StatisticsArray;
  readonly variance: StatisticsArray;
}

/** Mean and deviation as our networks take them. A variance that is not above 0 would make every picture infinite, so it is refused (the published code divides by it).
 *  @throws DATA_INVALID */
export function statisticsFor(input: FoundClassifier['input'], { mean, variance }: PublishedStatistics): NonNullable<ImportedParts['statistics']> {
  return {
    mean: planesOf(mean, input, Number.isFinite, 'are not finite', value => value),
    deviation: planesOf(variance, input, value => value > 0 && Number.isFinite(value), 'are not above 0', Math.sqrt),
  };
}

function planesOf(
  { file, shape, data }: StatisticsArray,
  { height, width, channels }: FoundClassifier['input'],
  isUsable: (value: number) => boolean,
  problem: string,
  convert: (value: number) => number,
): StoredTensor<'f32'> {
  const refuse = (detail: string): never => {
    throw new SyntraceError('DATA_INVALID', { file, detail });
  };
  const expected = [height, width, channels];
  const full = shape.length === 2 ? [...shape, 1] : shape;
  if (full.join() !== expected.join()) return refuse(`it has the shape [${shape.join(', ')}], the classifier takes [${expected.join(', ')}]`);
  const values = Array.from(data);
  const unusable = values.filter(value => !isUsable(value)).length;
  if (unusable > 0) return refuse(`${unusable} of its ${values.length} values ${problem}`);
  return permute({ dtype: 'f32', shape: expected, data: Float32Array.from(values, convert) }, [2, 0, 1]);
}
