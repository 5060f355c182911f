import { type DetectorContext, type Explanation, type Image, type OpenDetector, type Run, type Score, scoreOf, type Tensor, type Window } from '@syntrace/core';
import type { FrequencyEvidence } from './evidence.js';
import type { FeatureSet } from './features.js';
import type { LinearWindows } from './model.js';
import { windowsOf } from './windows.js';

const SURE_SIDE = 192;
export type WindowTensors = Readonly<Record<'mean' | 'deviation' | 'weights' | 'bias', Tensor<'f32'>>>;

/** Opens a linear model of features of windows. */
export function openLinear(
  model: LinearWindows,
  set: FeatureSet,
  explain: (image: Image, run: Run, tensors: WindowTensors) => Promise<readonly Explanation[]>,
  { kernels }: Pick<DetectorContext, 'kernels'>,
): OpenDetector<FrequencyEvidence> {
  const tensors: WindowTensors = {
    mean: kernels.tensor('f32', model.mean, [set.count]),
    deviation: kernels.tensor('f32', model.deviation, [set.count]),
    weights: kernels.tensor('f32', model.weights, [1, set.count]),
    bias: kernels.tensor('f32', model.bias, [1]),
  };
  return {
    detect: (batch, run) => Promise.all(batch.map(image => judge(image, model, set, tensors, run))),
    explain: (image, run) => explain(image, run, tensors),
    close: async () => kernels.free(...Object.values(tensors)),
  };
}

async function judge(image: Image, model: LinearWindows, set: FeatureSet, tensors: WindowTensors, run: Run): Promise<Score<FrequencyEvidence>> {
  const windows = windowsOf(image.width, image.height);
  const scores = await scoresOf(image, windows, set, tensors, run);
  const score = scores.reduce((sum, value) => sum + value, 0) / scores.length;
  const small = Math.min(image.width, image.height) < SURE_SIDE;
  const warnings = small ? [{ code: `${set.detector.toUpperCase()}_SMALL`, message: `below ${SURE_SIDE} samples a side the detector errs more often` }] : [];
  return scoreOf(score, model.card, { windows: windows.map((window, i) => ({ ...window, score: scores[i]! })) }, warnings);
}

/** The score of each window. */
export async function scoresOf(image: Image, windows: readonly Window[], set: FeatureSet, tensors: WindowTensors, run: Run): Promise<Float32Array> {
  const features = await set.of(image, windows, run);
  const standard = await run.kernels.standardize(features, tensors.mean, tensors.deviation);
  const logits = await run.kernels.linear(standard, tensors.weights, tensors.bias);
  const scores = await run.kernels.read(logits);
  run.kernels.free(features, standard, logits);
  return scores;
}
