import type { ScoreMeaning } from './verdict.js';

/** What keeps these from giving a score a meaning, or `null`: a model card and an ensemble both come from outside. */
export function meaningProblem({ threshold, abstention, calibration, realScoreQuantiles }: Partial<Record<keyof ScoreMeaning, unknown>>): string | null {
  if (!Number.isFinite(threshold)) return '`threshold` must be a number';
  if (abstention !== null && !isBand(abstention)) return '`abstention` must be [low, high] or null';
  if (calibration !== null && !isPlatt(calibration)) return '`calibration` must be null or have method "platt", a slope and an intercept';
  if (!isAscending(realScoreQuantiles)) return '`realScoreQuantiles` must be a list of ascending numbers';
  return null;
}

const isAscending = (value: unknown): value is number[] => Array.isArray(value) && value.every((x, i) => Number.isFinite(x) && (i === 0 || x >= value[i - 1]));

const isBand = (value: unknown): boolean => isAscending(value) && value.length === 2;

function isPlatt(value: unknown): boolean {
  const { method, slope, intercept } = (value ?? {}) as Record<string, unknown>;
  return method === 'platt' && Number.isFinite(slope) && Number.isFinite(intercept);
}
