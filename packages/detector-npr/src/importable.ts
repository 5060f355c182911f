import type { Importable, RecordedRun } from '@syntrace/core';
import { DETECTOR_ID } from './model.js';
import { NPR_NETWORK } from './network.js';
import proof from './proof.json' with { type: 'json' };
import { TILE } from './tiles.js';

/** How published NPR checkpoints are taken: both layouts of the authors' files, Lightning's, and safetensors (specification, section 3). */
export const importable: Importable = {
  network: NPR_NETWORK,
  // An older training script attached an unused layer of 2048 inputs.
  ignored: ['fc.'],
  proof: proof as { readonly seed: number; readonly run: RecordedRun },
  recordedShape: [2, 3, 32, 32],
  card: ({ file, sha256, layout }) => ({
    format: 1,
    detector: DETECTOR_ID,
    version: '1',
    method: 'neighbouring pixel relationships: residual of 2×2 cells and half a ResNet-50, after Tan et al., CVPR 2024 (imported weights)',
    preprocessing: {
      residual: 'x/255 normalised by ImageNet mean and deviation, minus the upper left sample of its 2×2 cell, times 2/3',
      input: `tiles of ${TILE}×${TILE} as stored, at even places, up to 3×3; logits averaged`,
    },
    labels: ['real', 'synthetic'],
    // The published rule, sigmoid > 0.5.
    threshold: 0,
    abstention: null,
    calibration: null,
    realScoreQuantiles: [],
    trainingData: [],
    training: { imported: { file, sha256, layout } },
    measured: {},
    licence: "the checkpoint's own",
  }),
};
