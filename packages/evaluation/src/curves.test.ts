import { describe, expect, it } from 'vitest';
import { referenceCases, rowOf } from '../test/reference.js';
import { thinned } from './curves.js';
import { auc, averagePrecision, precisionRecallCurve, rocCurve } from './index.js';

describe.each(referenceCases)('%s', (_, { rows, roc, precisionRecall }) => {
  it("has scikit-learn's ROC curve", () => {
    const points = rocCurve(rows).map(point => [point.falsePositiveRate, point.truePositiveRate, point.threshold]);
    expect(points).toEqual(roc.map(([x, y, threshold]) => [expect.closeTo(x, 12), expect.closeTo(y, 12), threshold]));
  });

  it("has scikit-learn's precision and recall", () => {
    const points = precisionRecallCurve(rows).map(point => [point.recall, point.precision, point.threshold]);
    expect(points).toEqual(precisionRecall.map(([x, y, threshold]) => [expect.closeTo(x, 12), expect.closeTo(y, 12), threshold]));
  });

  it('has the area and the sum that the metrics say', () => {
    const area = rocCurve(rows).reduce(
      (sum, { falsePositiveRate: x, truePositiveRate: y }, i, all) =>
        i === 0 ? 0 : sum + ((x - all[i - 1]!.falsePositiveRate) * (y + all[i - 1]!.truePositiveRate)) / 2,
      0,
    );
    expect(area).toBeCloseTo(auc(rows)!, 12);
    const sum = precisionRecallCurve(rows).reduce((total, { recall, precision }, i, all) => total + (recall - (all[i - 1]?.recall ?? 0)) * precision, 0);
    expect(sum).toBeCloseTo(averagePrecision(rows)!, 12);
  });
});

it('is empty without both classes', () => {
  for (const rows of [[], [rowOf(0, 1)], [rowOf(1, 1), rowOf(0, null)]]) expect([rocCurve(rows), precisionRecallCurve(rows)]).toEqual([[], []]);
});

it('refuses NaN', () => {
  expect(() => rocCurve([rowOf(1, Number.NaN)])).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

it.each([
  [[0, 1, 2, 3], 4, [0, 1, 2, 3]],
  [Array.from({ length: 101 }, (_, i) => i), 3, [0, 50, 100]],
  [[], 3, []],
])('thinning keeps both ends', (points, most, expected) => {
  expect(thinned(points, most)).toEqual(expected);
});
