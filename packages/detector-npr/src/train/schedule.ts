import type { TrainingSettings } from './options.js';

/** Steps of the warm-up of the schedule cosine, at most, and its share of all. */
const [WARM_UP, WARM_UP_SHARE] = [100, 0.05];

/** Learning rate of a step (from 0). `steps`: after the epoch of index e > 0 with e mod delr_freq = 0 the rate is multiplied (specification, section 6).
 *  `cosine`: up over the first steps, then a half cosine to nought. */
export function rateAt(step: number, stepsPerEpoch: number, { schedule, lr, lr_decay, delr_freq, niter }: TrainingSettings): number {
  if (schedule === 'steps') return lr * lr_decay ** Math.floor(Math.max(0, Math.floor(step / stepsPerEpoch) - 1) / delr_freq);
  const all = niter * stepsPerEpoch;
  const warmUp = Math.min(WARM_UP, WARM_UP_SHARE * all);
  return lr * Math.min(1, (step + 1) / warmUp) * Math.max(1e-4, (1 + Math.cos((Math.PI * step) / all)) / 2);
}
