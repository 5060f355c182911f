import { expect, it } from 'vitest';
import { doorSuite } from './suite.js';

doorSuite();

it('is the entry for browsers: no native backend', async () => {
  const { createSyntrace } = await import('syntrace');
  const syntrace = createSyntrace();
  expect(syntrace.registry.listBackends().map(({ id }) => id)).toEqual(['wasm']);
  await syntrace.close();
});
