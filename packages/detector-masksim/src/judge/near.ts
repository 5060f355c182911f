import { logistic } from '@syntrace/core';
import type { GeneratorEvidence } from '../evidence.js';
import type { Generator } from '../model/model.js';

/** How near cosines and a logit bring a picture to a generator. */
export function nearness({ name, real, negatives }: Generator, cosines: ArrayLike<number>, logit: number): GeneratorEvidence {
  const channels = [cosines[0]!, cosines[1]!, cosines[2]!] as const;
  const probability = logistic(logit);
  return {
    generator: name,
    similarity: (channels[0] + channels[1] + channels[2]) / 3,
    channels,
    logit,
    probability,
    standardised: real ? (logit - real.mean) / real.deviation : logit,
    falsePositiveRate: negatives.length > 0 ? 1 - shareBelow(negatives, probability) : null,
  };
}

/** Share of ascending numbers strictly below one (specification, section 8: left insertion point). O(log n) */
export function shareBelow(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low / ascending.length;
}
