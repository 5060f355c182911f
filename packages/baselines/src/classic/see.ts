import { BatchRun, type DetectorContext, Registry, standardPlugin, type TrainingProgress, type TrainingSample } from '@syntrace/core';
import { checkSize, type Look, shown, valuesIn } from './look.js';

/** Pictures that are decoded and looked at together. */
const TOGETHER = 4;

/** What a method is shown of pictures, row by row: float32 [n, values]. O(pictures) decodes. @throws TRAINING_INVALID for a picture that is too small */
export async function see(
  samples: readonly TrainingSample[],
  look: Look,
  { kernels, logger, signal }: DetectorContext,
  progress: (p: TrainingProgress) => void,
  phase: string,
): Promise<Float32Array> {
  const values = valuesIn(look);
  const x = new Float32Array(samples.length * values);
  const registry = new Registry();
  registry.use(standardPlugin('0.0.0'));
  for (let at = 0; at < samples.length; at += TOGETHER) {
    signal.throwIfAborted();
    const run = new BatchRun(registry, kernels, logger, signal);
    try {
      const opened = await Promise.all(samples.slice(at, at + TOGETHER).map(sample => sample.open()));
      for (const [i, image] of opened.entries()) {
        checkSize(image, look);
        x.set(await shown(image, look, run), (at + i) * values);
      }
    } finally {
      await run.end();
    }
    progress({ phase, done: Math.min(samples.length, at + TOGETHER), total: samples.length });
  }
  return x;
}
