import type { Learners, LinearModel, LinearProblem } from '@syntrace/core';
import type { Solved, TrainingSettings } from '../training-options.js';

export const SOLVED_NAMES: Readonly<Record<Solved, string>> = {
  logistic: 'L2-penalised logistic regression',
  ridge: 'ridge regression (least squares)',
  lasso: 'the lasso (least squares)',
  elastic: 'the elastic net (least squares)',
};

/** Solves a problem to its optimum by the model that was chosen. */
export function solved(problem: Omit<LinearProblem, 'l2'>, { model, l1, l2 }: TrainingSettings, learners: Learners): Promise<LinearModel> {
  switch (model as Solved) {
    case 'logistic':
      return learners.logistic({ ...problem, l2 });
    case 'ridge':
      return learners.ridge({ ...problem, l2 });
    case 'lasso':
      return learners.elastic({ ...problem, l1, l2: 0 });
    case 'elastic':
      return learners.elastic({ ...problem, l1, l2 });
  }
}

/** The settings that such a model rests on, for its card. */
export const linearSettings = ({ model, l1, l2, setWeights, abstain, licence, seed }: TrainingSettings): Readonly<Record<string, unknown>> => ({
  model,
  ...((model === 'lasso' || model === 'elastic') && { l1 }),
  ...(model !== 'lasso' && { l2 }),
  setWeights: Object.fromEntries(setWeights),
  abstain,
  licence,
  seed,
});
