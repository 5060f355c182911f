import type { Trainable } from '@syntrace/core';
import { trainLinear } from '../train.js';
import { checkData, missingLearners } from '../training-card.js';
import { settingsOf, TRAINING_OPTIONS } from '../training-options.js';
import { RESIDUAL_COPIES } from './copies.js';
import { RESIDUALS } from './features.js';

const { l2, 'set-weights': setWeights, abstain, licence, seed } = TRAINING_OPTIONS;

/** Options of `syntrace train residuals`; defaults are those of the shipped weights. */
const OPTIONS = { l2: { ...l2, default: 5e-3 }, 'set-weights': setWeights, abstain, licence, seed };

/** Fits on `train` by L2-penalised logistic regression; calibration, threshold and quantiles come from `validation` alone. */
export const residualsTrainable: Trainable = {
  options: OPTIONS,
  async fit(data, options, context, progress = () => {}) {
    const settings = settingsOf({ l2: OPTIONS.l2.default, ...options }, OPTIONS);
    if (!context.learners) missingLearners();
    checkData(data, settings);
    return trainLinear(data, settings, { set: RESIDUALS, copies: RESIDUAL_COPIES }, context, progress);
  },
};
