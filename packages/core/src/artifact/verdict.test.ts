import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abstain, logistic, logit, scoreOf, shareAtLeast, verdictOf } from './verdict.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
const quantiles = fc.array(finite, { minLength: 2, maxLength: 40 }).map(list => list.toSorted((a, b) => a - b));

describe('shareAtLeast', () => {
  it('falls from 1 to 0 and never rises with the score', () => {
    fc.assert(
      fc.property(quantiles, fc.array(finite, { minLength: 2 }), (list, scores) => {
        const shares = scores.toSorted((a, b) => a - b).map(score => shareAtLeast(score, list)!);
        expect(shares.every(share => share >= 0 && share <= 1)).toBe(true);
        expect(shares.every((share, i) => i === 0 || share <= shares[i - 1]!)).toBe(true);
        expect(shareAtLeast(list[0]!, list)).toBe(1);
        expect(shareAtLeast(list[0]! - 1, list)).toBe(1);
        expect(shareAtLeast(list.at(-1)! + 1, list)).toBe(0);
      }),
    );
  });

  it('agrees with counting where the photographs themselves are the quantiles', () => {
    const list = Array.from({ length: 101 }, (_, i) => i);
    for (const score of [1, 25, 50, 99, 100]) expect(shareAtLeast(score, list)).toBeCloseTo(1 - score / 100, 12);
    expect(shareAtLeast(25.5, list)).toBeCloseTo(0.745, 12);
  });

  it('counts ties as at least as high', () => {
    expect(shareAtLeast(1, [0, 1, 1])).toBe(0.5);
    expect(shareAtLeast(0, [0, 0, 1])).toBe(1);
    expect(shareAtLeast(5, [5, 5, 5])).toBe(1);
  });

  it('is null where nothing is known', () => {
    expect(shareAtLeast(1, [])).toBeNull();
    expect(shareAtLeast(1, [0])).toBeNull();
  });
});

describe('logistic and logit', () => {
  it('are inverse within the kept range, monotone, and never overflow', () => {
    fc.assert(fc.property(fc.double({ min: -12, max: 12, noNaN: true }), x => Math.abs(logit(logistic(x)) - x) < 1e-6));
    fc.assert(fc.property(finite, finite, (a, b) => (a <= b ? logistic(a) <= logistic(b) : logistic(a) >= logistic(b))));
    expect([logistic(-1e9), logistic(0), logistic(1e9)]).toEqual([0, 0.5, 1]);
    expect(Number.isFinite(logit(0)) && Number.isFinite(logit(1))).toBe(true);
    expect(logit(1)).toBeCloseTo(Math.log(1e6), 5);
  });
});

describe('verdictOf', () => {
  it('is synthetic strictly above the threshold', () => {
    expect(verdictOf(1, { threshold: 1, abstention: null })).toBe('real');
    expect(verdictOf(1.001, { threshold: 1, abstention: null })).toBe('synthetic');
  });

  it('is inconclusive inside the band, ends included', () => {
    const meaning = { threshold: 0, abstention: [-1, 1] as const };
    expect([-1.1, -1, 0, 1, 1.1].map(score => verdictOf(score, meaning))).toEqual(['real', 'inconclusive', 'inconclusive', 'inconclusive', 'synthetic']);
  });
});

describe('scoreOf and abstain', () => {
  it('says everything that follows from a score', () => {
    const meaning = { threshold: 0, abstention: null, calibration: { method: 'platt', slope: 2, intercept: -1 }, realScoreQuantiles: [-2, 0, 2] } as const;
    expect(scoreOf(1, meaning, 'why')).toEqual({
      score: 1,
      probability: logistic(1),
      threshold: 0,
      verdict: 'synthetic',
      realShare: 0.25,
      warnings: [],
      evidence: 'why',
    });
  });

  it('has no probability without a calibration', () => {
    expect(scoreOf(1, { threshold: 0, abstention: null, calibration: null, realScoreQuantiles: [] }, null).probability).toBeNull();
  });

  it('abstains with nulls and the reason', () => {
    const reason = { code: 'WHY', message: 'because' };
    expect(abstain(reason, null)).toEqual({
      score: null,
      probability: null,
      threshold: null,
      verdict: 'inconclusive',
      realShare: null,
      warnings: [reason],
      evidence: null,
    });
  });
});
