import { definePlugin } from '@syntrace/core';
import wasm from '@syntrace/kernels-wasm/inline';
import { importCheckpoint } from '@syntrace/model-runtime';
import { pluginTests } from '@syntrace/testkit';
import { afterAll, describe, it } from 'vitest';
import { importable, univFdDetector } from '../../src/published/univfd.js';
import answers from '../fixtures/answers.json' with { type: 'json' };
import { fixture, runtime } from '../platform/node.js';

const models = runtime();
afterAll(() => models.close());

// Both published detectors are the same code on another model; the small CLIP is quick.
const { artifact: weights } = await importCheckpoint(await fixture('trained.pth'), 'trained.pth', importable(answers.sizes), models);
const plugin = definePlugin({ name: 'published-of-a-test', version: '1.0.0', contract: 1, detectors: [univFdDetector({ weights })] });

describe('the rules of the contract', () => {
  for (const { title, leftOut, run } of pluginTests(plugin, { backend: wasm.kernels![0]!, models, pictures: 40 })) it.skipIf(leftOut !== undefined)(title, run);
});
