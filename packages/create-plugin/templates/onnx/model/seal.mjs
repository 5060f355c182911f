// Writes the checksum of model.onnx into model.json: `npm run seal`, after the model was replaced.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const file = name => new URL(name, import.meta.url);
const card = JSON.parse(readFileSync(file('model.json'), 'utf8'));
card.files = Object.fromEntries(
  Object.keys(card.files).map(name => [
    name,
    createHash('sha256')
      .update(readFileSync(file(name)))
      .digest('hex'),
  ]),
);
writeFileSync(file('model.json'), `${JSON.stringify(card, null, 2)}\n`);
