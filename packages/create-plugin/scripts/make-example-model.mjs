// Writes templates/onnx/model/model.onnx: a tiny network with weights from a seed, which judges nothing.
//   node packages/create-plugin/scripts/make-example-model.mjs      after a build
import { writeFileSync } from 'node:fs';
import { seededState } from '@syntrace/core';
import { networkToOnnx } from '@syntrace/model-runtime';

const network = {
  name: 'example',
  input: { name: 'picture', channels: 3 },
  output: { name: 'logits' },
  layers: [
    { kind: 'convolution', name: 'stem', from: 3, to: 4, kernel: 3, stride: 2, padding: 1, bias: true },
    { kind: 'relu' },
    { kind: 'global-average-pool' },
    { kind: 'linear', name: 'head', from: 4, to: 2 },
  ],
};
writeFileSync(new URL('../templates/onnx/model/model.onnx', import.meta.url), networkToOnnx(network, seededState(network, 1)));
