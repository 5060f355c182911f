import { readFileSync } from 'node:fs';
import { type Learners, probabilityOf, type ScoreMeaning, seededRandom } from '@syntrace/core';
import { createLearners } from '@syntrace/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { shiftOf, unlabelledShift, withTemperature } from './affine.js';
import { calibrate, shiftedMeaning } from './calibrate.js';
import { conformalBand, coverageOf, thresholdFor } from './conformal.js';
import { isotonicCalibration } from './isotonic.js';

/** What scikit-learn and SciPy make of a table of scores (fixtures/calibration.py). */
const reference = JSON.parse(readFileSync(new URL('../../test/fixtures/calibration.json', import.meta.url), 'utf8')) as {
  readonly rows: readonly (readonly [0 | 1, number])[];
  readonly base: { readonly slope: number; readonly intercept: number };
  readonly isotonic: { readonly at: readonly number[]; readonly probability: readonly number[] };
  readonly temperature: number;
  readonly shift: number;
  readonly unlabelled: { readonly share: number; readonly shift: number };
};
const rows = reference.rows.map(([label, score], i) => ({ label, score, group: `g${i % 8}` }));
const base = { method: 'platt', ...reference.base } as const;

let learners: Learners;
beforeAll(async () => {
  learners = await createLearners();
});

const random = seededRandom(4, 'scores');
const normal = () => Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b) - 6;
const drawn = (n: number, apart: number) =>
  Array.from({ length: n }, (_, i) => ({ label: (i % 2) as 0 | 1, score: normal() + apart * (i % 2), group: `g${(i >> 1) % 20}` }));

describe('as scikit-learn and SciPy have it', () => {
  it('isotonic', () => {
    const calibration = isotonicCalibration(rows);
    expect(reference.isotonic.at.map(score => probabilityOf(score, calibration))).toEqual(reference.isotonic.probability.map(p => expect.closeTo(p, 9)));
  });

  it('temperature', () => {
    const { temperature, slope, intercept } = withTemperature(rows, base);
    expect(temperature).toBeCloseTo(reference.temperature, 5);
    expect([slope * temperature, intercept * temperature]).toEqual([expect.closeTo(base.slope, 9), expect.closeTo(base.intercept, 9)]);
  });

  it('the learnt shift, with labels and without', () => {
    expect(shiftOf(rows, base)).toBeCloseTo(reference.shift, 5);
    const scores = rows.map(({ score }) => score);
    expect(unlabelledShift(scores, base, reference.unlabelled.share)).toBeCloseTo(reference.unlabelled.shift, 4);
  });
});

describe('the shift', () => {
  const meaning: ScoreMeaning = { calibration: base, threshold: 0.32, abstention: [0.1, 0.5], realScoreQuantiles: [-2, 0, 1] };

  it('brings probability, threshold, band and quantiles back where the pictures of a new kind lie', () => {
    const moved = rows.map(row => ({ ...row, score: row.score + 3 }));
    for (const labels of [true, false]) {
      const known = shiftedMeaning(meaning, labels ? rows : rows.map(row => ({ ...row, label: null })), 0.4);
      const { meaning: found, shift } = shiftedMeaning(meaning, labels ? moved : moved.map(row => ({ ...row, label: null })), 0.4);
      expect(shift).toBeCloseTo(known.shift - 3 * base.slope, 6);
      expect(found.threshold).toBeCloseTo(known.meaning.threshold + 3, 6);
      expect(found.abstention).toEqual(known.meaning.abstention!.map(end => expect.closeTo(end + 3, 6)));
      expect(probabilityOf(found.threshold, found.calibration!)).toBeCloseTo(probabilityOf(meaning.threshold, base), 9);
    }
  });

  it.each([
    ['no score', [], 0.5],
    ['a share of nought', [{ score: 1, label: null }], 0],
  ])('is refused for %s', (_, given, share) => {
    expect(() => shiftedMeaning(meaning, given, share)).toThrow(expect.objectContaining({ code: 'TRAINING_INVALID' }));
  });

  it('is refused on steps, which have no logit', () => {
    const steps = { ...meaning, calibration: isotonicCalibration(rows) };
    expect(() => shiftedMeaning(steps, rows)).toThrow(/isotonic/);
  });
});

describe('the threshold for a share of false alarms', () => {
  it('is the order statistic of the conformal rule', () => {
    const real = Float64Array.from({ length: 99 }, (_, i) => i);
    expect(thresholdFor(real, 0.05)).toBe(94);
    expect(thresholdFor(real, 0.01)).toBe(98);
    expect(() => thresholdFor(real, 0.005)).toThrow(/needs 199 real pictures or more, there are 99/);
    for (const rate of [0, 1, Number.NaN]) expect(() => thresholdFor(real, rate)).toThrow(/must lie between 0 and 1/);
  });

  it('holds on new photographs, on average over calibration sets', () => {
    const shares = Array.from({ length: 400 }, () => {
      const threshold = thresholdFor(Float64Array.from({ length: 59 }, normal).sort(), 0.1);
      return Array.from({ length: 100 }, normal).filter(score => score > threshold).length / 100;
    });
    expect(shares.reduce((a, b) => a + b) / shares.length).toBeCloseTo(0.1, 1);
  });
});

describe('the conformal band', () => {
  it('leaves a wanted share of each class wrong, and says nothing between', () => {
    const band = conformalBand(drawn(400, 1), 0.1);
    const verdict = (score: number) => (score < band.abstention![0] ? 0 : score > band.abstention![1] ? 1 : null);
    const fresh = drawn(4000, 1);
    for (const label of [0, 1] as const) {
      const own = fresh.filter(row => row.label === label);
      expect(own.filter(({ score }) => verdict(score) === 1 - label).length / own.length).toBeLessThan(0.14);
    }
    expect(band.threshold).toBeCloseTo((band.abstention![0] + band.abstention![1]) / 2, 12);
  });

  it('is none where the classes lie apart', () => {
    expect(conformalBand(drawn(400, 12), 0.05).abstention).toBeNull();
  });

  it('keeps its promise on halves that it was not fitted on, and loses it on generators that score otherwise', () => {
    const alike = drawn(600, 1.5);
    const kept = coverageOf(alike, 0.1, 'picture', 1)!;
    expect(kept.splits).toBe(200);
    for (const { value, low, high } of [kept.real, kept.synthetic]) {
      expect(value).toBeGreaterThan(0.88);
      expect(low!).toBeLessThan(value);
      expect(high!).toBeGreaterThan(value);
    }
    const unlike = alike.map(row => (row.label === 1 ? { ...row, score: row.score - 4 * (Number(row.group.slice(1)) % 4) } : row));
    expect(coverageOf(unlike, 0.1, 'group', 1)!.synthetic.low!).toBeLessThan(coverageOf(unlike, 0.1, 'picture', 1)!.synthetic.low!);
    expect(coverageOf(alike.slice(0, 10), 0.1, 'picture', 1)).toBeNull();
  });
});

describe('calibrate', () => {
  it.each(['platt', 'isotonic', 'temperature'] as const)('%s makes the probabilities fit, and puts the threshold at one half', async method => {
    const { meaning, fitted } = await calibrate(drawn(1200, 1.5), { method }, learners);
    expect(fitted.ece!.value).toBeLessThan(method === 'temperature' ? 0.25 : 0.06);
    expect(meaning.abstention).toBeNull();
    expect(meaning.realScoreQuantiles).toHaveLength(101);
    if (method === 'platt') expect(meaning.threshold).toBeCloseTo(0.75, 0);
    expect(probabilityOf(meaning.threshold + 0.2, meaning.calibration!)).toBeGreaterThan(0.5);
    expect(probabilityOf(meaning.threshold - 0.2, meaning.calibration!)).toBeLessThanOrEqual(0.5);
  });

  it('takes the threshold of a share of false alarms, a band, and says what became of it', async () => {
    const { meaning, coverage } = await calibrate(drawn(800, 2), { falsePositiveRate: 0.05, alpha: 0.1, seed: 2 }, learners);
    expect(meaning.threshold).toBeCloseTo(1.64, 0);
    expect(meaning.abstention![0]).toBeLessThan(meaning.abstention![1]);
    expect(coverage).toMatchObject({ alpha: 0.1, byPicture: { splits: 200 }, byGenerator: { splits: 200 } });
  });

  it('refuses what cannot be calibrated, by a typed error', async () => {
    const invalid = { code: 'TRAINING_INVALID' };
    await expect(calibrate([], {}, learners)).rejects.toMatchObject(invalid);
    await expect(calibrate(drawn(40, -5), { method: 'isotonic' }, learners)).rejects.toMatchObject(invalid);
    await expect(calibrate(drawn(10, 1), { alpha: 0.05 }, learners)).rejects.toMatchObject(invalid);
  });
});
