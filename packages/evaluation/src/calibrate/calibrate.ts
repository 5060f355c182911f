import { type Calibration, equalSpacedQuantiles, type Learners, probabilityOf, type ScoreMeaning, verdictOf } from '@syntrace/core';
import { evaluate } from '../evaluate.js';
import type { MetricEstimates } from '../result.js';
import { shiftOf, unlabelledShift, withTemperature } from './affine.js';
import { type ConformalCoverage, conformalBand, coverageOf, thresholdFor } from './conformal.js';
import { isotonicCalibration } from './isotonic.js';
import { type PlattCalibration, plattCalibration } from './platt.js';
import { type Scored, scoredRows, scoresOf, unusable } from './scored.js';

export interface CalibrationOptions {
  /** `temperature` changes `base`, what the detector has now. Default `platt`. */
  readonly method?: 'platt' | 'isotonic' | 'temperature';
  readonly base?: Calibration | null;
  /** Threshold by a wanted share of false alarms on real photographs; otherwise where the probability is one half. */
  readonly falsePositiveRate?: number;
  /** Wanted share of wrong verdicts of each class, what lies between is inconclusive; otherwise no band. */
  readonly alpha?: number;
  readonly seed?: number;
}

export interface FittedCalibration {
  readonly meaning: ScoreMeaning;
  readonly temperature?: number;
  /** Of the band, on halves that it was not fitted on, drawn by picture and by generator. */
  readonly coverage?: { readonly alpha: number; readonly byPicture: ConformalCoverage | null; readonly byGenerator: ConformalCoverage | null };
  /** Figures on the very pictures it was fitted on: what was asked for, not what will be. */
  readonly fitted: MetricEstimates;
}

const QUANTILES = 101;

/** Gives scores a meaning: probability, threshold, a band where nothing is said, and how real photographs score. Both classes count alike, however many there
 *  are of each. @throws TRAINING_INVALID for scores that allow none of it */
export async function calibrate(
  rows: readonly (Omit<Scored, 'score'> & { readonly score: number | null })[],
  options: CalibrationOptions,
  learners: Learners,
): Promise<FittedCalibration> {
  const scored = scoredRows(rows);
  const { temperature, ...calibration } = await calibrationBy(options, scored, learners);
  const band = options.alpha === undefined ? null : conformalBand(scored, options.alpha);
  const threshold =
    options.falsePositiveRate === undefined ? halfOf(calibration, scored, band?.threshold) : thresholdFor(scoresOf(scored, 0), options.falsePositiveRate);
  const abstention = band?.abstention ?? null;
  const meaning: ScoreMeaning = { threshold, abstention, calibration, realScoreQuantiles: equalSpacedQuantiles(scoresOf(scored, 0), QUANTILES) };
  const judged = scored.map(row => ({ ...row, group: '', probability: probabilityOf(row.score, calibration), verdict: verdictOf(row.score, meaning) }));
  const { alpha, seed = 0 } = options;
  return {
    meaning,
    ...(temperature !== undefined && { temperature }),
    ...(alpha !== undefined && {
      coverage: { alpha, byPicture: coverageOf(scored, alpha, 'picture', seed), byGenerator: coverageOf(scored, alpha, 'group', seed) },
    }),
    fitted: evaluate(judged, { name: '', resamples: 0 }).pooled.metrics,
  };
}

async function calibrationBy(
  { method = 'platt', base = null }: CalibrationOptions,
  rows: readonly Scored[],
  learners: Learners,
): Promise<Calibration & { temperature?: number }> {
  if (method === 'platt') return plattCalibration(rows, learners);
  return method === 'isotonic' ? isotonicCalibration(rows) : withTemperature(rows, plattOr(base));
}

/** What scores mean for pictures of a new kind: one shift of the logit, learnt from their labels or, without any, from the share of synthetic ones that is
 *  assumed; threshold, band and quantiles move with it. @throws TRAINING_INVALID */
export function shiftedMeaning(
  meaning: ScoreMeaning,
  rows: readonly { readonly score: number | null; readonly label: 0 | 1 | null }[],
  share = 0.5,
): { readonly meaning: ScoreMeaning; readonly shift: number } {
  const base = plattOr(meaning.calibration);
  const labelled = rows.flatMap(({ score, label }) => (label === null ? [] : [{ score, label }]));
  const shift =
    labelled.length > 0
      ? shiftOf(labelled, base)
      : unlabelledShift(
          rows.flatMap(({ score }) => score ?? []),
          base,
          share,
        );
  const moved = (score: number) => score - shift / base.slope;
  return {
    shift,
    meaning: {
      calibration: { method: 'platt', slope: base.slope, intercept: base.intercept + shift },
      threshold: moved(meaning.threshold),
      abstention: meaning.abstention && [moved(meaning.abstention[0]), moved(meaning.abstention[1])],
      realScoreQuantiles: meaning.realScoreQuantiles.map(moved),
    },
  };
}

/** Scores without a calibration are taken for logits. @throws TRAINING_INVALID for an isotonic one, which has no logit to change */
function plattOr(base: Calibration | null): PlattCalibration {
  if (base?.method === 'isotonic') throw unusable('temperature and shift change a calibration by a slope and an intercept, this one is isotonic');
  return base ?? { method: 'platt', slope: 1, intercept: 0 };
}

/** Where the probability is one half; of steps the middle between the last score below and the first not below. */
function halfOf(calibration: Calibration, rows: readonly Scored[], within: number | undefined): number {
  if (within !== undefined) return within;
  if (calibration.method === 'platt') return -calibration.intercept / calibration.slope;
  const sorted = Float64Array.from(rows, row => row.score).sort();
  const first = sorted.findIndex(score => probabilityOf(score, calibration) > 0.5);
  if (first < 0) return sorted.at(-1)!;
  return first === 0 ? sorted[0]! - 1 : (sorted[first - 1]! + sorted[first]!) / 2;
}
