import { batchNorm, convolution, type Importable, type Network, type RecordedRun, relu } from '@syntrace/core';
import answer from '../fixtures/answer.json' with { type: 'json' };

/** Every kind of layer once: see scripts/make-fixtures.py. */
export const TINY: Network = {
  name: 'tiny',
  input: { name: 'x', channels: 3 },
  output: { name: 'y' },
  layers: [
    { ...convolution('stem', 3, 4, 3, 2), bias: true },
    batchNorm('norm', 4),
    relu,
    { kind: 'max-pool', kernel: 3, stride: 2, padding: 1 },
    { kind: 'residual', body: [convolution('conv', 4, 4, 3), batchNorm('norm2', 4)], shortcut: [] },
    relu,
    { kind: 'global-average-pool' },
    { kind: 'linear', name: 'head', from: 4, to: 2 },
  ],
};

/** What PyTorch answers with the fixtures' weights. */
export const ANSWER: RecordedRun = answer.run;

export const importable: Importable = {
  network: TINY,
  ignored: ['fc.'],
  proof: { seed: answer.seed, run: ANSWER },
  recordedShape: [1, 3, 8, 8],
  card: ({ file, sha256, layout }) => ({
    format: 1,
    detector: 'tiny',
    version: '1',
    method: 'test',
    preprocessing: {},
    labels: ['real', 'synthetic'],
    threshold: 0,
    abstention: null,
    calibration: null,
    realScoreQuantiles: [],
    trainingData: [],
    training: { file, sha256, layout },
    measured: {},
    licence: 'MIT',
  }),
};
