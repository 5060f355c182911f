// Parity of UnivFD at its full size: weights from a seed go to open_clip and through the importer, and the logits of a picture are compared.
//   node full-size.mjs FOLDER        writes clip.safetensors (1.2 GB) and head.safetensors there, and the picture's values
//   python full-size.py FOLDER       runs open_clip on them
//   node full-size.mjs FOLDER --compare
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordedInput, seededState, sha256, writeSafetensors } from '@syntrace/core';
import { createModels, importCheckpoint } from '@syntrace/model-runtime';
import { UNIVFD_ENCODER, univFdDetector } from '../dist/index.js';

const [folder, compare] = process.argv.slice(2);
const INPUT = { seed: 1, shape: [2, 3, 224, 224] };
const files = Object.fromEntries(['clip.safetensors', 'head.safetensors', 'input.safetensors', 'answer.json'].map(name => [name, join(folder, name)]));
const say = line => process.stdout.write(`${line}\n`);
const seconds = async (what, work) => {
  const start = performance.now();
  const result = await work();
  say(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
};

if (!compare) {
  const state = await seconds('weights from the seed', () => seededState(UNIVFD_ENCODER, 100));
  writeFileSync(files['clip.safetensors'], writeSafetensors(new Map([...state].map(([name, tensor]) => [`visual.${name}`, tensor]))));
  const head = { dtype: 'f32', shape: [1, 768], data: Float32Array.from({ length: 768 }, (_, i) => Math.sin(i)) };
  writeFileSync(
    files['head.safetensors'],
    writeSafetensors(
      new Map([
        ['weight', head],
        ['bias', { dtype: 'f32', shape: [1], data: Float32Array.of(0.25) }],
      ]),
    ),
  );
  writeFileSync(files['input.safetensors'], writeSafetensors(new Map([['picture', recordedInput(INPUT)]])));
} else {
  if (!existsSync(files['answer.json'])) throw new Error('run full-size.py first');
  const models = createModels()({ threads: 2, provider: 'cpu' });
  const encoder = { bytes: new Uint8Array(readFileSync(files['clip.safetensors'])), file: 'clip.safetensors' };
  const imported = await seconds('import', () =>
    importCheckpoint(new Uint8Array(readFileSync(files['head.safetensors'])), 'head.safetensors', univFdDetector().importable, models, encoder),
  );
  const bytes = imported.artifact.files.get('model.onnx');
  const session = await seconds('open', async () => models.open({ name: 'model.onnx', bytes, sha256: await sha256(bytes) }));
  const { logit, features } = await seconds('two pictures', () => session.run({ picture: recordedInput(INPUT) }));
  const answer = JSON.parse(readFileSync(files['answer.json'], 'utf8'));
  const difference = (found, wanted) => Math.max(...wanted.map((value, i) => Math.abs(found[i] - value)));
  say(`file ${(bytes.length / 1e6).toFixed(0)} MB; proof ${imported.proof.difference.toExponential(1)}`);
  say(`features: ${difference(features.data, answer.features).toExponential(1)} of ${Math.max(...answer.features.map(Math.abs)).toFixed(2)}`);
  say(`logits ${answer.logit.map(value => value.toFixed(4)).join(', ')}: ${difference(logit.data, answer.logit).toExponential(1)}`);
  await session.close();
  await models.close();
}
