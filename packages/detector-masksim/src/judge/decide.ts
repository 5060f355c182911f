import { type Score, scoreOf, type Window } from '@syntrace/core';
import { type GeneratorEvidence, type MaskSimEvidence, UNKNOWN_GENERATOR } from '../evidence.js';
import type { WindowSet } from '../model/model.js';
import { shareBelow } from './near.js';

/** Share of real photographs that come at least as near to a generator, up to which a picture is said to resemble it. */
const RESEMBLES = 0.05;
/** The published levels of evidence: below these false positive rates (specification, section 8). */
const LEVELS = [
  [0.01, 'very likely'],
  [0.05, 'likely'],
  [0.1, 'possible'],
] as const;
/** The published rule where no real photographs were kept: a probability above one half. */
const HALF = 0.5;

/** The answer for how near a picture is to each generator of a set: the largest standardised logit, moved so that the sets of all window sizes have one threshold, that of the card. */
export function decide(near: readonly GeneratorEvidence[], set: WindowSet, window: Window, threshold: number): Score<MaskSimEvidence> {
  const generators = near.toSorted((a, b) => b.standardised - a.standardised);
  const [first] = generators as [GeneratorEvidence];
  const evidence = { window, generators, resembles: resembled(generators) };
  const score = first.standardised - set.meaning.threshold + threshold;
  return { ...scoreOf(first.standardised, set.meaning, evidence), score, threshold, statements: [sentence(evidence)] };
}

/** The published decision of the single-picture program: the largest share q of real photographs that score below, over the generators, against the same of real photographs. */
export function decideAsPublished(near: readonly GeneratorEvidence[], { most }: WindowSet, window: Window): Score<MaskSimEvidence> {
  const calibrated = most.length > 0 && near.every(({ falsePositiveRate }) => falsePositiveRate !== null);
  const height = ({ falsePositiveRate, probability }: GeneratorEvidence) => (calibrated ? 1 - falsePositiveRate! : probability);
  const generators = near.toSorted((a, b) => height(b) - height(a));
  const evidence = { window, generators, resembles: resembled(generators) };
  const score = height(generators[0]!);
  if (!calibrated) {
    const meaning = { threshold: HALF, abstention: null, calibration: null, realScoreQuantiles: [] };
    return {
      ...scoreOf(score, meaning, evidence),
      statements: [`Largest probability of the models ${score.toFixed(3)}; without calibration tables the published bound is 0.5.`],
    };
  }
  const rate = 1 - shareBelow(most, score);
  const level = LEVELS.find(([below]) => rate < below)?.[1];
  // Above the highest score that is still no evidence: the rate there is 0.1 or more.
  const threshold = most[Math.max(0, Math.floor(0.9 * most.length) - 1)]!;
  const meaning = { threshold, abstention: null, calibration: null, realScoreQuantiles: [] };
  const said = level ? `It is ${level} that a generative model made it` : 'There is no evidence that a generative model made it';
  return {
    ...scoreOf(score, meaning, evidence),
    verdict: level ? 'synthetic' : 'real',
    realShare: rate,
    statements: [`${said}: of real photographs ${(100 * rate).toFixed(1)} % come as near to one of the generators.`, sentence(evidence)],
  };
}

function resembled(generators: readonly GeneratorEvidence[]): string {
  const first = generators.find(({ falsePositiveRate, logit }) => (falsePositiveRate === null ? logit > 0 : falsePositiveRate <= RESEMBLES));
  return first?.generator ?? UNKNOWN_GENERATOR;
}

function sentence({ generators, resembles }: MaskSimEvidence): string {
  const found = generators.find(({ generator }) => generator === resembles);
  if (!found) return `The spectrum of its noise resembles that of no known generator more than photographs do: ${UNKNOWN_GENERATOR}.`;
  const { similarity, falsePositiveRate } = found;
  const rare =
    falsePositiveRate === null
      ? ''
      : `; ${falsePositiveRate === 0 ? 'none' : `${(100 * falsePositiveRate).toFixed(1)} %`} of the photographs kept for comparison come as near`;
  return `The spectrum of its noise resembles most that of ${resembles} (similarity ${similarity.toFixed(3)}${rare}).`;
}
