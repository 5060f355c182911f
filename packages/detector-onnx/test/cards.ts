import type { OnnxPreprocessing } from '../src/index.js';

/** Statistics of ImageNet, as most published classifiers take them. */
export const IMAGENET = { scale: 255, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

export const WHOLE: OnnxPreprocessing = {
  view: { kind: 'whole', minimum: { width: 16, height: 16 } },
  colour: 'rgb',
  ...IMAGENET,
  layout: 'nchw',
  output: { kind: 'logits', synthetic: 1, real: 0 },
};

/** A model card with that preprocessing, as JSON would give it. */
export const cardOf = (preprocessing: unknown, sha256: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  format: 1,
  detector: 'of-a-test',
  version: '1',
  method: 'a network of a test',
  preprocessing,
  labels: ['real', 'synthetic'],
  threshold: 0,
  abstention: null,
  calibration: { method: 'platt', slope: 1, intercept: 0 },
  realScoreQuantiles: [],
  trainingData: [{ name: 'none', real: 0, synthetic: 0, licence: 'MIT' }],
  training: {},
  measured: {},
  licence: 'MIT',
  files: { 'model.onnx': sha256 },
  ...more,
});
