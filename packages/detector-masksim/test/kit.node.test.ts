import { pluginTests } from '@syntrace/testkit';
import { afterAll, describe, it } from 'vitest';
import plugin from '../src/index.js';
import { backends, runtime } from './platform/node.js';

const models = runtime();
afterAll(() => models.close());

describe('the rules of the contract', () => {
  for (const { title, leftOut, run } of pluginTests(plugin, { backend: backends.wasm, models, pictures: 16 })) it.skipIf(leftOut !== undefined)(title, run);
});
