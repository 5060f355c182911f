import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { near, referenceCases, rowOf } from '../test/reference.js';
import {
  accuracy,
  auc,
  averagePrecision,
  balancedAccuracy,
  brier,
  type EvaluationRow,
  equalErrorRate,
  expectedCalibrationError,
  f1,
  type Metric,
  realAccuracy,
  syntheticAccuracy,
  tprAt1,
  tprAt5,
} from './index.js';

const FUNCTIONS: Readonly<Record<Metric, (rows: readonly EvaluationRow[]) => number | null>> = {
  auc,
  averagePrecision,
  accuracy,
  realAccuracy,
  syntheticAccuracy,
  balancedAccuracy,
  f1,
  eer: equalErrorRate,
  tprAt1,
  tprAt5,
  ece: expectedCalibrationError,
  brier,
};
const metrics = Object.entries(FUNCTIONS) as [Metric, (rows: readonly EvaluationRow[]) => number | null][];

describe.each(referenceCases)('%s', (_, { rows, pooled }) => {
  it.each(metrics)("%s is scikit-learn's", (name, metric) => {
    expect(metric(rows)).toEqual(near(pooled[name]));
  });

  it('does not depend on the order of the rows', () => {
    for (const [name, metric] of metrics) expect(metric([...rows].reverse()), name).toEqual(near(metric(rows)));
  });
});

describe('an abstention', () => {
  const rows = [rowOf(0, -1, { probability: 0.1 }), rowOf(1, 1, { probability: 0.9 }), rowOf(0, 2, { probability: 0.8 })];
  // Read as 0.5 it would lie in the middle of every ranking and half wrong in every share.
  const withAbstentions = [...rows, rowOf(1, null), rowOf(0, null)];

  it.each(metrics)('is in no figure: %s', (_, metric) => {
    expect(metric(withAbstentions)).toBe(metric(rows));
  });

  it('leaves no figure at all when there is nothing else', () => {
    for (const [name, metric] of metrics) expect(metric([rowOf(0, null), rowOf(1, null)]), name).toBeNull();
  });

  it('by the band keeps its score in the ranking, and out of the decisions', () => {
    const band = [...rows, rowOf(1, 0.5, { verdict: 'inconclusive', probability: 0.5 })];
    expect([accuracy(band), balancedAccuracy(band), f1(band)]).toEqual([accuracy(rows), balancedAccuracy(rows), f1(rows)]);
    expect(auc(band)).toBe(0.5);
  });
});

describe('one class only', () => {
  const [real, synthetic] = [
    [rowOf(0, -1, { probability: 0.25 }), rowOf(0, 1, { probability: 0.75 })],
    [rowOf(1, -1), rowOf(1, 1)],
  ];

  it('has no ranking and no balance, but a share of right verdicts', () => {
    for (const rows of [real, synthetic]) {
      expect([auc(rows), averagePrecision(rows), balancedAccuracy(rows)]).toEqual([null, null, null]);
      expect(accuracy(rows)).toBe(0.5);
    }
  });

  it('still has errors of its probabilities', () => {
    expect(brier(real)).toBe((0.25 ** 2 + 0.75 ** 2) / 2);
    expect(expectedCalibrationError(real)).toBeCloseTo(0.5, 12);
  });

  it('of real pictures that were all found to be real has no F1', () => {
    expect(f1([rowOf(0, -1)])).toBeNull();
    expect(f1([rowOf(0, 1)])).toBe(0);
  });
});

describe('the AUC', () => {
  const scores = fc.array(fc.tuple(fc.constantFrom(0 as const, 1 as const), fc.integer({ min: -3, max: 3 })), { maxLength: 30 });

  it('is the share of pairs in the right order, ties counted half', () => {
    fc.assert(
      fc.property(scores, pairs => {
        const rows = pairs.map(([label, score]) => rowOf(label, score));
        const [real, synthetic] = [0, 1].map(label => rows.filter(row => row.label === label)) as [EvaluationRow[], EvaluationRow[]];
        const wins: number[] = synthetic.flatMap(s => real.map(r => (s.score! > r.score! ? 1 : s.score === r.score ? 0.5 : 0)));
        expect(auc(rows)).toEqual(near(wins.length > 0 ? wins.reduce((a, b) => a + b) / wins.length : null));
      }),
    );
  });

  it('turns round when the labels do', () => {
    fc.assert(
      fc.property(scores, pairs => {
        const [value, turned] = [
          auc(pairs.map(([label, score]) => rowOf(label, score))),
          auc(pairs.map(([label, score]) => rowOf(label === 0 ? 1 : 0, score))),
        ];
        expect(turned).toEqual(near(value === null ? null : 1 - value));
      }),
    );
  });
});

it('the upper end of the probabilities lies in the last bin', () => {
  expect(expectedCalibrationError([rowOf(1, 1, { probability: 1 }), rowOf(0, -1, { probability: 0 })])).toBe(0);
});

describe('rows that cannot be evaluated', () => {
  const wrong: [string, EvaluationRow, RegExp][] = [
    ['a score that is NaN', rowOf(1, Number.NaN), /row 1 .*score is NaN/],
    ['an infinite score', rowOf(1, Number.POSITIVE_INFINITY), /score is Infinity/],
    ['a score that is missing', { ...rowOf(1, 0), score: undefined as unknown as null }, /score is undefined/],
    ['a probability that is NaN', rowOf(1, 1, { probability: Number.NaN }), /probability is NaN/],
    ['a probability above 1', rowOf(1, 1, { probability: 1.01 }), /probability is 1.01/],
    ['a probability without a score', rowOf(1, null, { probability: 0.5 }), /probability 0.5 without a score/],
    ['a label that is no label', { ...rowOf(1, 1), label: 2 as 1 }, /label is 2/],
    ['a verdict that is no verdict', { ...rowOf(1, 1), verdict: 'fake' as 'real' }, /verdict is fake/],
    ['a verdict without a score', rowOf(1, null, { verdict: 'real' }), /verdict real without a score/],
  ];
  it.each(wrong)('%s is refused by every metric, with the row', (_, row, words) => {
    for (const [, metric] of metrics)
      expect(() => metric([rowOf(0, 1), row])).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(words) }));
  });
});
