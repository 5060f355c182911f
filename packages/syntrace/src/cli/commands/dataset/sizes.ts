import { SyntraceError } from '@syntrace/core';
import type { SplitSizes } from '@syntrace/datasets';

/** Fractions that sum to at most 1, or whole numbers. @throws USAGE */
export function checkSizes(sizes: SplitSizes): SplitSizes {
  const values = [sizes.train, sizes.val, sizes.test];
  const whole = values.every(value => Number.isInteger(value) && value >= 0);
  // A share of all three may be a hair above 1 in binary.
  const fractions = values.every(value => value >= 0 && value < 1) && values.reduce((a, b) => a + b, 0) <= 1 + 1e-9;
  if ((whole || fractions) && sizes.train > 0) return sizes;
  throw new SyntraceError('USAGE', {
    detail: `--train ${sizes.train} --val ${sizes.val} --test ${sizes.test}: give whole numbers, or fractions below 1 that sum to at most 1`,
  });
}
