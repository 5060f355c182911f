import { SyntraceError } from '@syntrace/core';
import type { EvaluationRow } from './row.js';

/** Which source each picture was taken for, where a detector names generators. */
export interface Attribution {
  /** What pictures are, `real` first, the others in code-point order. */
  readonly truths: readonly string[];
  /** What they were taken for. */
  readonly named: readonly string[];
  /** [truths][named] pictures. */
  readonly counts: readonly (readonly number[])[];
  /** Right among the pictures of sources that can be named at all; `null` where there are none. */
  readonly accuracy: number | null;
}

/** The confusion of attribution: a picture is `real`, or its generator. Rows for which nothing was named are left out; `null` without any. O(n)
 *  @throws USAGE for a name that is no word */
export function attributionOf(rows: readonly Pick<EvaluationRow, 'label' | 'group' | 'named'>[]): Attribution | null {
  const told = rows.flatMap(({ label, group, named }) => {
    if (named === undefined || named === null) return [];
    if (typeof named !== 'string' || named === '') throw new SyntraceError('USAGE', { detail: `a picture was attributed to ${JSON.stringify(named)}` });
    return [{ truth: label === 0 ? REAL : group, named }];
  });
  if (told.length === 0) return null;
  const truths = ordered(told.map(({ truth }) => truth));
  const named = ordered(told.map(each => each.named));
  const counts = truths.map(truth => named.map(name => told.filter(each => each.truth === truth && each.named === name).length));
  const nameable = told.filter(({ truth }) => named.includes(truth));
  const right = nameable.filter(each => each.truth === each.named).length;
  return { truths, named, counts, accuracy: nameable.length > 0 ? right / nameable.length : null };
}

const REAL = 'real';

const ordered = (names: readonly string[]): string[] =>
  [...new Set(names)].sort((a, b) => Number(b === REAL) - Number(a === REAL) || (a < b ? -1 : a > b ? 1 : 0));
