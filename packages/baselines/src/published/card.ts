import type { ImportedFrom, ModelCard } from '@syntrace/core';
import type { OnnxPreprocessing } from '@syntrace/detector-onnx';

/** The card of imported weights: the published rule decides, sigmoid > 0.5, without probabilities. */
export const importedCard = (
  detector: string,
  method: string,
  preprocessing: OnnxPreprocessing,
  { file, sha256, layout }: ImportedFrom,
): Omit<ModelCard, 'files' | 'recorded'> => ({
  format: 1,
  detector,
  version: '1',
  method: `${method} (imported weights)`,
  preprocessing: { ...preprocessing },
  labels: ['real', 'synthetic'],
  threshold: 0,
  abstention: null,
  calibration: null,
  realScoreQuantiles: [],
  // What the papers say; a checkpoint does not.
  trainingData: [{ name: 'ForenSynths (train, ProGAN), as published, not checked', real: 360_000, synthetic: 360_000, licence: 'unstated' }],
  training: { imported: { file, sha256, layout } },
  measured: {},
  licence: "the checkpoint's own",
});

/** The middle of the picture as stored, RGB, times 1/255, normalised; the logit of synthetic. */
export const croppedLogit = (side: number, mean: readonly number[], deviation: readonly number[]): OnnxPreprocessing => ({
  view: { kind: 'crop', width: side, height: side },
  colour: 'rgb',
  scale: 255,
  mean,
  deviation,
  layout: 'nchw',
  output: { kind: 'logit', of: 'synthetic', name: 'logit' },
});
