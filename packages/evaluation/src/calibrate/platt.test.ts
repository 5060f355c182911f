import type { Learners } from '@syntrace/core';
import { createLearners } from '@syntrace/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { referenceCases, rowOf } from '../../test/reference.js';
import { plattCalibration } from './platt.js';

let learners: Learners;
beforeAll(async () => {
  learners = await createLearners();
});

it.each(referenceCases.filter(([, { platt }]) => platt))("%s: slope and intercept are scikit-learn's", async (_, { rows, platt }) => {
  const { method, slope, intercept } = await plattCalibration(rows, learners);
  expect(method).toBe('platt');
  expect(slope).toBeCloseTo(platt!.slope, 4);
  expect(intercept).toBeCloseTo(platt!.intercept, 4);
});

it('counts both classes alike, however many there are of each', async () => {
  const rows = [-2, -1, 0, 1].map(score => rowOf(0, score)).concat([-0.5, 0.5, 1.5, 2].map(score => rowOf(1, score)));
  const uneven = [...rows, ...rows.filter(row => row.label === 0), ...rows.filter(row => row.label === 0)];
  const [even, other] = [await plattCalibration(rows, learners), await plattCalibration(uneven, learners)];
  // Three times the real rows shift the mean that the penalty is measured from, nothing else.
  expect(other.slope).toBeCloseTo(even.slope, 4);
  expect(other.intercept).toBeCloseTo(even.intercept, 4);
});

it('moves and stretches with the scores', async () => {
  const rows = [-2, -1, 0, 1].map(score => rowOf(0, score)).concat([-0.5, 0.5, 1.5, 2].map(score => rowOf(1, score)));
  const [plain, moved] = [
    await plattCalibration(rows, learners),
    await plattCalibration(
      rows.map(row => ({ ...row, score: 1000 * row.score! + 7 })),
      learners,
    ),
  ];
  expect(moved.slope * 1000).toBeCloseTo(plain.slope, 4);
  expect(moved.slope * 7 + moved.intercept).toBeCloseTo(plain.intercept, 4);
});

describe('refuses', () => {
  it.each([
    ['nothing', [], /0 real and 0 synthetic/],
    ['one class', [rowOf(1, 1), rowOf(1, 2)], /0 real and 2 synthetic/],
    ['a class that abstained throughout', [rowOf(1, 1), rowOf(0, null)], /0 real and 1 synthetic/],
    ['equal scores', [rowOf(1, 1), rowOf(0, 1)], /all scores are equal/],
    ['scores the wrong way round', [rowOf(1, -1), rowOf(1, 0), rowOf(0, 0), rowOf(0, 1)], /higher scores do not mean synthetic/],
    ['a score that is NaN', [rowOf(1, 1), rowOf(0, Number.NaN)], /score is NaN/],
  ])('%s', async (_, rows, words) => {
    await expect(plattCalibration(rows, learners)).rejects.toMatchObject({ code: 'TRAINING_INVALID', message: expect.stringMatching(words) });
  });
});
