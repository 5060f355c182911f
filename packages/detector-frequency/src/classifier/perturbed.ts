import type { Random, TrainingChange } from '@syntrace/core';

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.next();

/** Of a Gaussian of 3, 5, 7 or 9 taps. */
const sigmaOf = (taps: number): number => 0.3 * ((taps - 1) / 2 - 1) + 0.8;

const DRAW: readonly ((random: Random, seed: number) => TrainingChange)[] = [
  (random, seed) => ({ kind: 'noise', deviation: between(random, 5, 20), seed, stream: random.below(2 ** 32) }),
  random => ({ kind: 'blur', sigma: sigmaOf(3 + 2 * random.below(4)) }),
  random => ({ kind: 'jpeg', quality: 10 + random.below(66), subsampling: '4:2:0' }),
  random => ({ kind: 'enlarge', fraction: between(random, 0.05, 0.2) }),
];

/** A perturbation of one picture, in the published ranges (specification, section 13). */
export const drawnChange = (random: Random, seed: number): TrainingChange => DRAW[random.below(DRAW.length)]!(random, seed);
