import { quantileOf, seededRandom } from '@syntrace/core';
import type { Estimate } from '../bootstrap.js';
import { type Scored, scoresOf, unusable } from './scored.js';

/** Verdicts of which, of each class, no more than a wanted share is wrong. */
export interface ConformalBand {
  readonly threshold: number;
  /** `null` where the classes lie so far apart that every score can be decided. */
  readonly abstention: readonly [low: number, high: number] | null;
}

/** Score above which a real photograph lies with a probability of at most `rate`, given that it is one more of the same kind: the ⌈(n+1)(1−rate)⌉-th smallest
 *  of n (split conformal prediction; Vovk 2005, Angelopoulos and Bates 2023). O(n log n) @throws TRAINING_INVALID with fewer than 1/rate − 1 photographs */
export function thresholdFor(real: Float64Array, rate: number): number {
  const rank = Math.ceil((real.length + 1) * (1 - rate) - 1e-9);
  if (!(rate > 0 && rate < 1)) throw unusable(`a share of false alarms must lie between 0 and 1, it is ${rate}`);
  if (rank > real.length)
    throw unusable(`a share of false alarms of ${rate} needs ${Math.ceil(1 / rate - 1 - 1e-9)} real pictures or more, there are ${real.length}`);
  return real[rank - 1]!;
}

/** Above the band at most a share `alpha` of the real photographs, below it at most as many of the synthetic pictures, each class for itself; between them
 *  nothing is said. @throws TRAINING_INVALID with too few pictures of a class */
export function conformalBand(rows: readonly Pick<Scored, 'score' | 'label'>[], alpha: number): ConformalBand {
  const high = thresholdFor(scoresOf(rows, 0), alpha);
  // Synthetic scores the other way round: the same rule gives where they end below.
  const low = -thresholdFor(
    scoresOf(rows, 1)
      .map(score => -score)
      .sort(),
    alpha,
  );
  return low < high ? { threshold: (low + high) / 2, abstention: [low, high] } : { threshold: (low + high) / 2, abstention: null };
}

/** What became of the promise on pictures that the band was not fitted on. */
export interface ConformalCoverage {
  readonly splits: number;
  /** 1 − share of wrong verdicts of each class: mean over the splits, and the interval that holds 95 % of them. */
  readonly real: Estimate;
  readonly synthetic: Estimate;
  /** Share of all pictures left undecided. */
  readonly inconclusive: Estimate;
}

const SPLITS = 200;

/** Fits the band on one half and counts on the other, 200 times. `by` tells how halves are drawn: `picture` within each class, as the promise assumes;
 *  `group` by whole generators, as new ones come. `null` where halves would be too small. */
export function coverageOf(rows: readonly Scored[], alpha: number, by: 'picture' | 'group', seed = 0): ConformalCoverage | null {
  const random = seededRandom(seed, `conformal ${by}`);
  const shares: [number[], number[], number[]] = [[], [], []];
  for (let split = 0; split < SPLITS; split++) {
    const units = new Map<string, number>();
    const firstHalf = rows.map((row, i) => {
      const unit = by === 'group' ? row.group : `${row.label} ${i}`;
      if (!units.has(unit)) units.set(unit, random.next());
      return units.get(unit)! < 0.5;
    });
    const [fit, rest] = [rows.filter((_, i) => firstHalf[i]), rows.filter((_, i) => !firstHalf[i])];
    const counts = [0, 1].map(label => rest.filter(row => row.label === label).length);
    if (counts.includes(0)) continue;
    const band = bandOrNothing(fit, alpha);
    if (!band) continue;
    const verdicts = rest.map(({ score, label }) => [label, verdictBy(band, score)] as const);
    shares[0].push(1 - verdicts.filter(([label, verdict]) => label === 0 && verdict === 1).length / counts[0]!);
    shares[1].push(1 - verdicts.filter(([label, verdict]) => label === 1 && verdict === 0).length / counts[1]!);
    shares[2].push(verdicts.filter(([, verdict]) => verdict === null).length / rest.length);
  }
  // A promise that could be tried only now and then has not been tried.
  if (shares[0].length < SPLITS / 2) return null;
  const [real, synthetic, inconclusive] = shares.map(summary) as [Estimate, Estimate, Estimate];
  return { splits: shares[0].length, real, synthetic, inconclusive };
}

function bandOrNothing(rows: readonly Scored[], alpha: number): ConformalBand | null {
  const least = 1 / alpha - 1 - 1e-9;
  return [0, 1].every(label => rows.filter(row => row.label === label).length >= least) ? conformalBand(rows, alpha) : null;
}

function verdictBy({ threshold, abstention }: ConformalBand, score: number): 0 | 1 | null {
  if (abstention && score >= abstention[0] && score <= abstention[1]) return null;
  return score > threshold ? 1 : 0;
}

function summary(values: readonly number[]): Estimate {
  const sorted = Float64Array.from(values).sort();
  return { value: sorted.reduce((sum, value) => sum + value, 0) / sorted.length, low: quantileOf(sorted, 0.025), high: quantileOf(sorted, 0.975) };
}
