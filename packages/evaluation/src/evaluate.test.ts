import { describe, expect, it } from 'vitest';
import { near, referenceCases, referenceIntervals, rowOf } from '../test/reference.js';
import { accuracy, evaluate, METRIC_NAMES, type MetricEstimates } from './index.js';

const valuesOf = (metrics: MetricEstimates) => Object.fromEntries(METRIC_NAMES.map(name => [name, metrics[name]?.value ?? null]));
const allNear = (expected: Readonly<Record<string, number | null>>) => Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, near(value)]));

describe.each(referenceCases)('%s', (name, { rows, pooled, own, againstAllReal, mean }) => {
  const result = evaluate(rows, { name, resamples: 20 });

  it('has the figures of all pictures together', () => {
    expect(valuesOf(result.pooled.metrics)).toEqual(allNear(pooled));
  });

  it('has the figures of each generator, in code-point order', () => {
    expect(result.groups.map(({ group }) => group)).toEqual([...new Set(rows.map(row => row.group))].sort());
    for (const group of result.groups) {
      expect(group.own && valuesOf(group.own.metrics), `${group.group} against its own`).toEqual(own[group.group] ? allNear(own[group.group]!) : null);
      const expected = againstAllReal[group.group];
      expect(group.againstAllReal && valuesOf(group.againstAllReal.metrics), `${group.group} against all`).toEqual(expected ? allNear(expected) : null);
    }
  });

  it('has the mean over generators, each counted once', () => {
    expect(result.mean.own.groups).toBe(Object.keys(own).length);
    expect(valuesOf(result.mean.own.metrics)).toEqual(allNear(mean.own));
    expect(result.mean.againstAllReal.groups).toBe(Object.keys(againstAllReal).length);
    expect(valuesOf(result.mean.againstAllReal.metrics)).toEqual(allNear(mean.againstAllReal));
  });

  it('counts every picture once', () => {
    const { counts, coverage, confusion } = result.pooled;
    expect(counts.real + counts.synthetic).toBe(rows.length);
    expect(counts.decided + counts.abstained + counts.inconclusive).toBe(rows.length);
    expect(counts.abstained).toBe(rows.filter(row => row.score === null).length);
    expect(coverage).toBe(counts.decided / rows.length);
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion;
    expect(truePositives + falsePositives + trueNegatives + falseNegatives).toBe(counts.decided);
    expect((truePositives + trueNegatives) / counts.decided).toBeCloseTo(accuracy(rows)!, 12);
  });

  it('is plain JSON without NaN', () => {
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

it('decides by the verdicts given, never at a threshold of its own', () => {
  const rows = [
    rowOf(0, 3, { verdict: 'real' }),
    rowOf(1, 1, { verdict: 'real' }),
    rowOf(1, 4, { verdict: 'synthetic' }),
    rowOf(0, 2, { verdict: 'synthetic' }),
  ];
  expect(evaluate(rows, { name: '', resamples: 0 }).pooled.metrics.accuracy?.value).toBe(0.5);
});

describe('the intervals', () => {
  const { rows, auc, brier } = referenceIntervals;
  const result = evaluate(rows, { name: 'intervals', resamples: 5000, seed: 1 });

  it("are NumPy's but for chance", () => {
    for (const [metric, [low, high]] of [
      ['auc', auc],
      ['brier', brier],
    ] as const) {
      const estimate = result.pooled.metrics[metric]!;
      // The ends of a 95 % interval of 5000 resamples vary by about 1/40 of its width.
      expect(Math.abs(estimate.low! - low), metric).toBeLessThan(0.08 * (high - low));
      expect(Math.abs(estimate.high! - high), metric).toBeLessThan(0.08 * (high - low));
      expect(estimate.low!).toBeLessThan(estimate.value);
      expect(estimate.high!).toBeGreaterThan(estimate.value);
    }
  });

  it('are the same again with the same seed, and others with another', () => {
    expect(evaluate(rows, { name: 'intervals', resamples: 200, seed: 3 })).toEqual(evaluate(rows, { name: 'intervals', resamples: 200, seed: 3 }));
    const [a, b] = [3, 4].map(seed => evaluate(rows, { name: 'intervals', resamples: 200, seed }).pooled.metrics.auc!);
    expect(a!.value).toBe(b!.value);
    expect(a!.low).not.toBe(b!.low);
  });

  it('are left out without resamples', () => {
    const { pooled, mean } = evaluate(rows, { name: 'intervals', resamples: 0 });
    for (const { metrics } of [pooled, mean.own]) for (const name of METRIC_NAMES) expect(metrics[name]).toMatchObject({ low: null, high: null });
  });

  it('keep how many pictures of a class each generator has', () => {
    // One picture of each class and generator: every resample is the set itself.
    const fixed = ['a', 'b'].flatMap(group => [rowOf(0, -1, { group }), rowOf(1, group === 'a' ? 1 : -2, { group })]);
    const { metrics } = evaluate(fixed, { name: '', resamples: 50 }).pooled;
    expect(metrics.auc).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
    expect(metrics.accuracy).toEqual({ value: 0.75, low: 0.75, high: 0.75 });
  });
});

it('an empty list and a row that is not finite are refused', () => {
  expect(() => evaluate([], { name: '' })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  expect(() => evaluate([rowOf(0, Number.NaN)], { name: '' })).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

it('the histogram counts every score, the outer ones in the outer bins', () => {
  const rows = [-1e9, ...Array.from({ length: 500 }, (_, i) => i / 100), 1e9].map((score, i) => rowOf((i % 2) as 0 | 1, score));
  const histogram = evaluate(rows, { name: '', resamples: 0 }).histogram!;
  const total = (bins: readonly number[]) => bins.reduce((a, b) => a + b, 0);
  expect([total(histogram.real), total(histogram.synthetic)]).toEqual([251, 251]);
  expect(histogram.low).toBeGreaterThanOrEqual(0);
  expect(histogram.high).toBeLessThanOrEqual(5);
  expect(evaluate([rowOf(0, 2), rowOf(1, 2)], { name: '', resamples: 0 }).histogram).toMatchObject({ low: 1.5, high: 2.5 });
  expect(evaluate([rowOf(0, null), rowOf(1, null)], { name: '', resamples: 0 }).histogram).toBeNull();
});
