import { type Random, SyntraceError, seededRandom } from '@syntrace/core';
import type { Split } from '../layouts/place.js';
import { SPLITS, type SplitSizes } from './options.js';

/** A picture with its class. */
export interface ClassedPicture {
  readonly path: string;
  /** Position of its class. */
  readonly label: number;
  /** Where the dataset already says. */
  readonly split?: Split | null;
}

/** The pictures of each split, in the order in which they are written. */
export type SplitPlan = Readonly<Record<Split, readonly ClassedPicture[]>>;

/** Whole pictures of a class of `available`. */
const countOf = (size: number, available: number): number => (size > 0 && size < 1 ? Math.round(size * available) : size);

/** Per class, in the order given: the first TRAIN, the next VAL, the next TEST; then each split is shuffled. O(pictures).
 *  @throws DATASET_INVALID when a class has too few pictures */
export function planSplits(pictures: readonly ClassedPicture[], classes: readonly string[], sizes: SplitSizes, seed: number, root: string): SplitPlan {
  const parts: Record<Split, ClassedPicture[]> = { train: [], val: [], test: [] };
  for (const [label, name] of classes.entries()) {
    const own = pictures.filter(picture => picture.label === label);
    const counts = SPLITS.map(split => countOf(sizes[split], own.length));
    const needed = counts.reduce((a, b) => a + b, 0);
    // Fractions that sum to 1 may round to one more than there is.
    const spare = needed - own.length;
    if (spare > 0 && !(SPLITS.every(split => sizes[split] < 1) && spare < SPLITS.length)) {
      const detail = `class ${name} has ${own.length} pictures, ${counts.join(' + ')} are asked for; give fewer, or fractions such as --train 0.8 --val 0.1 --test 0.1`;
      throw new SyntraceError('DATASET_INVALID', { path: root, detail });
    }
    let at = 0;
    for (const [i, split] of SPLITS.entries()) {
      parts[split].push(...own.slice(at, at + counts[i]!));
      at += counts[i]!;
    }
  }
  return shuffled(parts, seed);
}

/** The splits that the dataset itself names. @throws DATASET_INVALID when none is named */
export function planGiven(pictures: readonly ClassedPicture[], seed: number, root: string): SplitPlan {
  const parts: Record<Split, ClassedPicture[]> = { train: [], val: [], test: [] };
  for (const picture of pictures) if (picture.split) parts[picture.split].push(picture);
  if (parts.train.length === 0) throw new SyntraceError('DATASET_INVALID', { path: root, detail: 'it has no train folder' });
  return shuffled(parts, seed);
}

function shuffled(parts: SplitPlan, seed: number): SplitPlan {
  const random: Random = seededRandom(seed, 'prepare');
  const shuffle = (split: Split) => random.fork(split).shuffle(parts[split]);
  return { train: shuffle('train'), val: shuffle('val'), test: shuffle('test') };
}
