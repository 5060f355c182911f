// Writes weights/denoiser.onnx and weights/denoiser.json out of what train-denoiser.py saved.
//   node scripts/export-denoiser.mjs denoiser.safetensors
import { readFileSync, writeFileSync } from 'node:fs';
import { readSafetensors, recordedInput, sha256 } from '@syntrace/core';
import { createModels } from '@syntrace/model-runtime';
import { marginOf, multiplyAdds, OWN } from '../src/network/networks.ts';

const [, , from] = process.argv;
const weights = new URL('../weights/', import.meta.url);
const state = new Map([...readSafetensors(readFileSync(from), from)].map(([name, tensor]) => [name, tensor]));
const models = createModels()({ threads: 1, provider: 'cpu' });
const bytes = await models.exported(OWN, state);
const file = { name: 'denoiser.onnx', bytes, sha256: await sha256(bytes) };
const session = await models.open(file);
const shape = [1, 3, 20, 20];
const output = [...(await session.run({ planes: recordedInput({ seed: 1, shape }) })).residual.data];
await models.close();
const card = {
  what: 'own denoiser: white noise of a photograph, levels of Y, Cb and Cr in studio range in, residual in levels out',
  sha256: file.sha256,
  margin: marginOf(OWN),
  multiplyAddsAt512: multiplyAdds(OWN, 512),
  recipe: 'scripts/train-denoiser.py, seed 1, 2200 steps of 16 windows of 72×72',
  trainingData: '246 photographs (BSDS500 and ImageNet samples, research only), the last 27 by name kept apart',
  licence: 'MIT',
  recorded: { seed: 1, shape, output, tolerance: 1e-3 },
};
writeFileSync(new URL('denoiser.onnx', weights), bytes);
writeFileSync(new URL('denoiser.json', weights), `${JSON.stringify(card, null, 2)}\n`);
process.stdout.write(`${bytes.length} bytes, ${file.sha256}\n`);
