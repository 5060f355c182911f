import type { Learners } from '@syntrace/core';

/** Learners that load `@syntrace/training` when a detector first fits something. */
export function lazyLearners(): Learners {
  let loaded: Promise<Learners> | undefined;
  const learners = () => (loaded ??= import('@syntrace/training').then(training => training.createLearners()));
  return {
    logistic: async problem => (await learners()).logistic(problem),
    ridge: async problem => (await learners()).ridge(problem),
    elastic: async problem => (await learners()).elastic(problem),
    squaredHinge: async problem => (await learners()).squaredHinge(problem),
    oneClass: async problem => (await learners()).oneClass(problem),
    network: async (network, training) => (await learners()).network(network, training),
  };
}
