import { definePlugin, sha256 } from '@syntrace/core';
import wasm from '@syntrace/kernels-wasm/inline';
import { createModels } from '@syntrace/model-runtime';
import { pluginTests } from '@syntrace/testkit';
import { afterAll, describe, it } from 'vitest';
import { onnxDetector } from '../src/index.js';
import { cardOf, WHOLE } from './cards.js';
import { seededModel } from './networks.js';

const models = createModels()({ threads: 1, provider: 'auto' });
afterAll(() => models.close());

const model = seededModel();
const sum = await sha256(model);
const plugin = definePlugin({
  name: 'onnx-of-a-test',
  version: '1.0.0',
  contract: 1,
  detectors: [
    onnxDetector(cardOf(WHOLE, sum, { detector: 'whole' }), model),
    onnxDetector(
      cardOf({ ...WHOLE, view: { kind: 'resize-crop', shorterSide: 40, width: 32, height: 32, resampling: 'linear-pillow' } }, sum, { detector: 'cropped' }),
      model,
    ),
  ],
});

describe('the rules of the contract', () => {
  for (const { title, leftOut, run } of pluginTests(plugin, { backend: wasm.kernels![0]!, models, pictures: 40 }))
    it(title, ({ skip }) => (leftOut === undefined ? run() : skip(leftOut)));
});
