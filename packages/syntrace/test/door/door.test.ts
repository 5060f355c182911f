import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { createInspector, createSyntrace, detect } from 'syntrace';
import { expect, it } from 'vitest';
import { makeTree, photoPng } from '../command/files.js';
import { inspectorSuite } from './inspector-suite.js';
import { doorSuite } from './suite.js';

doorSuite();
const provenanceFixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../../detector-provenance/test/fixtures/${name}`, import.meta.url)));
inspectorSuite(provenanceFixture);

it('takes a path, a file URL, bytes and a stream, and gives one score', async () => {
  const root = makeTree({ 'a.png': await photoPng(1) });
  const bytes = await photoPng(1);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, 1000));
      controller.enqueue(bytes.slice(1000));
      controller.close();
    },
  });
  const scores = [];
  for (const source of [`${root}/a.png`, pathToFileURL(`${root}/a.png`), bytes, stream, { uri: 'named', data: bytes }])
    scores.push((await detect(source)).score);
  expect(new Set(scores).size).toBe(1);
});

it('is the entry for Node: native backends, too', () => {
  expect(
    createSyntrace()
      .registry.listBackends()
      .map(({ id }) => id),
  ).toEqual(expect.arrayContaining(['native', 'wasm']));
});

it('an inspector that may ask the network does not reach into the private one for a file', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const place = 'https://example.org/manifests/1.c2pa';
  const text = Buffer.from(await provenanceFixture('remote.jpg')).toString('latin1');
  const inside = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`.padEnd(place.length, 'm');
  const inspector = createInspector({ network: true });
  const { provenance } = await inspector.inspect(Buffer.from(text.replace(place, inside), 'latin1'));
  expect(provenance.credential).toMatchObject({ status: 'unreadable' });
  expect(asked).toBe(0);
  await inspector.close();
  server.close();
});
