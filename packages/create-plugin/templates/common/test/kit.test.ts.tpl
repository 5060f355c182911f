import wasm from '@syntrace/kernels-wasm';
import { pluginTests } from '@syntrace/testkit';
import { describe, it } from 'vitest';
import plugin from '../src/index.js';

// Every promise of the contract, as a test.
describe('the rules of the contract', () => {
  for (const { title, leftOut, run } of pluginTests(plugin, { backend: wasm.kernels![0]! })) it.skipIf(leftOut !== undefined)(title, run);
});
