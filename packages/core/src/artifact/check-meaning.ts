import type { ScoreMeaning } from './verdict.js';

/** What keeps these from giving a score a meaning, or `null`: a model card and an ensemble both come from outside. */
export function meaningProblem({ threshold, abstention, calibration, realScoreQuantiles }: Partial<Record<keyof ScoreMeaning, unknown>>): string | null {
  if (!Number.isFinite(threshold)) return '`threshold` must be a number';
  if (abstention !== null && !isBand(abstention)) return '`abstention` must be [low, high] or null';
  if (calibration !== null && !isCalibration(calibration)) return '`calibration` must be null, platt or isotonic, with its numbers';
  if (!isAscending(realScoreQuantiles)) return '`realScoreQuantiles` must be a list of ascending numbers';
  return null;
}

const isAscending = (value: unknown): value is number[] => Array.isArray(value) && value.every((x, i) => Number.isFinite(x) && (i === 0 || x >= value[i - 1]));

export const isBand = (value: unknown): boolean => isAscending(value) && value.length === 2;

function isCalibration(calibration: unknown): boolean {
  const { method, slope, intercept, scores, probabilities: p } = (calibration ?? {}) as Record<string, unknown>;
  if (method === 'platt') return Number.isFinite(slope) && Number.isFinite(intercept);
  return method === 'isotonic' && isAscending(scores) && isAscending(p) && p.length > 0 && p.length === scores.length && p[0]! >= 0 && p.at(-1)! <= 1;
}
