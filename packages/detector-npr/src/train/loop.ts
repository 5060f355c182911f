import { type NetworkTrainer, type StoredTensor, seededRandom, type TrainingEpoch, type TrainingProgress, type TrainingSample } from '@syntrace/core';
import { stacked } from '../stack.js';
import { ahead } from './ahead.js';
import { type Looking, trainingLook } from './look.js';
import { batchesOf } from './order.js';
import { rateAt } from './schedule.js';
import { labelsOf } from './validate.js';

/** One epoch: batches are prepared while the network trains on those before them. What is drawn for a picture depends on seed, epoch and place in the order. */
export async function trainEpoch(
  epoch: number,
  samples: readonly TrainingSample[],
  trainer: NetworkTrainer,
  looking: Looking,
  progress: (p: TrainingProgress) => void,
): Promise<Omit<TrainingEpoch, 'validation'>> {
  const { settings, context } = looking;
  const batches = batchesOf(samples, epoch, settings);
  const random = seededRandom(settings.seed, 'look').fork(`${epoch}`);
  const prepare = async (batch: readonly TrainingSample[], index: number) => {
    const residuals = await Promise.all(batch.map((sample, i) => trainingLook(sample, random.fork(`${index}/${i}`), looking)));
    return {
      residuals: stacked(residuals) as StoredTensor<'f32'>,
      labels: labelsOf(batch.flatMap(sample => Array.from({ length: settings.crops }, () => sample))),
    };
  };
  const started = performance.now();
  const sums = { loss: 0, gradient: 0, waited: 0, rate: 0 };
  let done = 0;
  let asked = started;
  for await (const { residuals, labels } of ahead(batches, settings.ahead, prepare)) {
    sums.waited += performance.now() - asked;
    context.signal.throwIfAborted();
    sums.rate = rateAt(trainer.steps, batches.length, settings);
    trainer.setRate(sums.rate);
    const { loss, gradient } = await trainer.step(residuals, labels);
    sums.loss += loss;
    sums.gradient += gradient;
    progress({ phase: `epoch ${epoch + 1} of ${settings.niter}`, done: ++done, total: batches.length });
    asked = performance.now();
  }
  const count = batches.length;
  return {
    epoch: epoch + 1,
    steps: trainer.steps,
    rate: sums.rate,
    loss: sums.loss / count,
    gradient: sums.gradient / count,
    seconds: (performance.now() - started) / 1000,
    waited: sums.waited / 1000,
  };
}
