import type { Score, Verdict } from '../contract/detector.js';
import type { Warning } from '../contract/image.js';
import type { Calibration, ModelCard } from '../contract/training.js';

/** What turns a raw score into an answer; a model card has it, an ensemble too. */
export type ScoreMeaning = Pick<ModelCard, 'threshold' | 'abstention' | 'calibration' | 'realScoreQuantiles'>;

/** The full answer for a raw score. */
export function scoreOf<E>(score: number, meaning: ScoreMeaning, evidence: E, warnings: readonly Warning[] = []): Score<E> {
  return {
    score,
    probability: meaning.calibration && probabilityOf(score, meaning.calibration),
    threshold: meaning.threshold,
    verdict: verdictOf(score, meaning),
    realShare: shareAtLeast(score, meaning.realScoreQuantiles),
    warnings,
    evidence,
  };
}

/** An honest `null`, with the reason. */
export const abstain = <E>(reason: Warning, evidence: E): Score<E> => ({
  score: null,
  probability: null,
  threshold: null,
  verdict: 'inconclusive',
  realShare: null,
  warnings: [reason],
  evidence,
});

/** `synthetic` strictly above the threshold, `inconclusive` inside the abstention band. */
export function verdictOf(score: number, { threshold, abstention }: Pick<ScoreMeaning, 'threshold' | 'abstention'>): Verdict {
  if (abstention && score >= abstention[0] && score <= abstention[1]) return 'inconclusive';
  return score > threshold ? 'synthetic' : 'real';
}

/** What a calibration makes of a score. O(log n) */
export function probabilityOf(score: number, calibration: Calibration): number {
  if (calibration.method === 'platt') return logistic(calibration.slope * score + calibration.intercept);
  const { scores, probabilities } = calibration;
  const last = scores.length - 1;
  if (score <= scores[0]!) return probabilities[0]!;
  if (score >= scores[last]!) return probabilities[last]!;
  const [low, share] = placeAmong(scores, score);
  return probabilities[low]! + share * (probabilities[low + 1]! - probabilities[low]!);
}

/** Share of real photographs that score at least `score`, interpolated between equally spaced quantiles; `null` without quantiles. O(log n) */
export function shareAtLeast(score: number, quantiles: readonly number[]): number | null {
  const last = quantiles.length - 1;
  if (last < 1) return null;
  if (score <= quantiles[0]!) return 1;
  if (score > quantiles[last]!) return 0;
  const [low, share] = placeAmong(quantiles, score);
  return 1 - (low + share) / last;
}

/** Between which two of ascending numbers another lies: the lower one's place, and how far on, 0…1. */
function placeAmong(sorted: readonly number[], value: number): readonly [low: number, share: number] {
  let [low, high] = [0, sorted.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle;
    else high = middle;
  }
  const width = sorted[high]! - sorted[low]!;
  return [low, width > 0 ? (value - sorted[low]!) / width : 0];
}

/** 1/(1+e^−x) without overflow. */
export const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** ln(p/(1−p)), with p kept 1e-6 away from 0 and 1. */
export function logit(p: number): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, p));
  return Math.log(kept / (1 - kept));
}
