import wasm from '@syntrace/kernels-wasm/inline';
import { pluginTests } from '@syntrace/testkit';
import { describe, it } from 'vitest';
import plugin from '../src/index.js';

describe('the rules of the contract', () => {
  for (const { title, leftOut, run } of pluginTests(plugin, { backend: wasm.kernels![0]! }))
    it(title, ({ skip }) => (leftOut === undefined ? run() : skip(leftOut)));
});
