import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createSyntrace, detect } from 'syntrace';
import { expect, it } from 'vitest';
import { makeTree, photoPng } from '../command/files.js';
import { inspectorSuite } from './inspector-suite.js';
import { doorSuite } from './suite.js';

doorSuite();
inspectorSuite(async name => new Uint8Array(await readFile(new URL(`../../../detector-provenance/test/fixtures/${name}`, import.meta.url))));

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
