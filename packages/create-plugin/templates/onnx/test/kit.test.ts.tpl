import wasm from '@syntrace/kernels-wasm';
import { createModels } from '@syntrace/model-runtime';
import { pluginTests } from '@syntrace/testkit';
import { afterAll, describe, it } from 'vitest';
import plugin from '../src/index.js';

const models = createModels()({ threads: 2, provider: 'auto' });
afterAll(() => models.close());

// Every promise of the contract, as a test.
describe('the rules of the contract', () => {
  for (const { title, leftOut, run } of pluginTests(plugin, { backend: wasm.kernels![0]!, models })) it.skipIf(leftOut !== undefined)(title, run, 120_000);
});
