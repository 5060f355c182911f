import { BatchRun, Registry, standardPlugin } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import native from '@syntrace/kernels-native';
import { expect, it } from 'vitest';
import { show } from '../src/looks.js';
import { golden, hasGolden } from './platform/node.js';

const [backend] = native.kernels!;
const availability = await backend!.probe();
if (!availability.ok) process.stderr.write(`\nSKIPPED: the published resize of NPR on the native kernels: ${availability.message}\n`);

it.skipIf(!hasGolden || !availability.ok)('a photograph resized as published has the samples of Pillow 10.2', async () => {
  const kernels = await backend!.open({ threads: 1 });
  const registry = new Registry();
  registry.use(standardPlugin('0.0.0'));
  const run = new BatchRun(registry, kernels, { debug() {}, info() {}, warn() {} }, new AbortController().signal);
  const { image, windows } = await show(await decode(await golden('full_photo.png')), 'resized', run);
  expect(windows).toEqual([{ x: 0, y: 0, width: 256, height: 256 }]);
  expect(image.data).toEqual((await decode(await golden('resized_256_from_full.png'))).data);
  await run.end();
  await kernels.close();
});
