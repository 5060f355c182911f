import { describe, expect, it } from 'vitest';
import { type ClassedPicture, planSplits } from './plan.js';

const pictures = (counts: readonly number[]): ClassedPicture[] =>
  counts.flatMap((n, label) => Array.from({ length: n }, (_, i) => ({ path: `${label}/${String(i).padStart(3, '0')}`, label })));
const paths = (items: readonly ClassedPicture[]) => items.map(({ path }) => path).sort();

describe('planSplits', () => {
  it('takes the first of each class for train, the next for val, the next for test', () => {
    const plan = planSplits(pictures([8, 9]), ['a', 'b'], { train: 4, val: 2, test: 1 }, 1, 'x');
    expect(paths(plan.train)).toEqual(['0/000', '0/001', '0/002', '0/003', '1/000', '1/001', '1/002', '1/003']);
    expect(paths(plan.val)).toEqual(['0/004', '0/005', '1/004', '1/005']);
    expect(paths(plan.test)).toEqual(['0/006', '1/006']);
  });

  it('shuffles each split by the seed', () => {
    const [one, again, two] = [1, 1, 2].map(seed => planSplits(pictures([50, 50]), ['a', 'b'], { train: 40, val: 5, test: 5 }, seed, 'x'));
    expect(one).toEqual(again);
    expect(one!.train).not.toEqual(two!.train);
    expect(paths(one!.train)).toEqual(paths(two!.train));
    expect(one!.train.map(({ path }) => path)).not.toEqual(paths(one!.train));
  });

  it.each([7, 10, 33, 101])('fractions of %i leave none out and take none twice', n => {
    const { train, val, test } = planSplits(pictures([n]), ['a'], { train: 0.8, val: 0.1, test: 0.1 }, 1, 'x');
    const all = [...train, ...val, ...test].map(({ path }) => path);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(n - 1);
    expect(Math.abs(train.length - 0.8 * n)).toBeLessThanOrEqual(0.5);
  });

  it('refuses a class that has too few, with the numbers', () => {
    expect(() => planSplits(pictures([9, 3]), ['many', 'few'], { train: 3, val: 1, test: 1 }, 1, 'x')).toThrow(
      expect.objectContaining({ code: 'DATASET_INVALID', message: expect.stringContaining('class few has 3 pictures, 3 + 1 + 1 are asked for') }),
    );
  });
});
