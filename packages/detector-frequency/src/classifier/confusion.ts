import { probabilitiesOf } from './meaning.js';

/** Which class was taken for which, by the largest probability; real and synthetic of one logit by its sign. */
export interface Confusion {
  readonly classes: readonly string[];
  /** Row: what it is. Column: what it was taken for. */
  readonly counts: readonly (readonly number[])[];
  readonly accuracy: number;
}

export function confusionOf(truth: ArrayLike<number>, logits: readonly ArrayLike<number>[], classes: readonly string[]): Confusion {
  const counts = classes.map(() => classes.map(() => 0));
  logits.forEach((row, i) => {
    counts[truth[i]!]![nearestOf(row)]!++;
  });
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  return { classes, counts, accuracy: right / Math.max(1, logits.length) };
}

/** The class with the largest probability; of equal ones the first, so that a logit of 0 is real. */
function nearestOf(logits: ArrayLike<number>): number {
  const probabilities = probabilitiesOf(logits);
  return probabilities.indexOf(Math.max(...probabilities));
}
