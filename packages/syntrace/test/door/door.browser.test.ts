/// <reference types="vite/client" />
import { expect, it } from 'vitest';
import { inspectorSuite } from './inspector-suite.js';
import { doorSuite } from './suite.js';

const fixtures = import.meta.glob<string>('../../../detector-provenance/test/fixtures/*.{jpg,png,heic}', { query: '?url', import: 'default', eager: true });

doorSuite();
inspectorSuite(async name => {
  const address = fixtures[`../../../detector-provenance/test/fixtures/${name}`];
  if (!address) throw new Error(`there is no fixture ${name}`);
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
});

it('is the entry for browsers: no native backend', async () => {
  const { createSyntrace } = await import('syntrace');
  const syntrace = createSyntrace();
  expect(syntrace.registry.listBackends().map(({ id }) => id)).toEqual(['wasm']);
  await syntrace.close();
});
