import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, seededRandom, sha256, writeSafetensors } from '@syntrace/core';

const MASKS = 'masks.safetensors';

/** Weights in a folder. */
export function artifactIn(folder) {
  const card = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  return { card, files: new Map(Object.keys(card.files).map(name => [name, new Uint8Array(readFileSync(join(folder, name)))])) };
}

export const windowsOf = artifact => artifact.card.preprocessing.windows;
export const entriesOf = artifact => readSafetensors(artifact.files.get(MASKS), MASKS);

/** Generators of several artifacts as one, under other names, so that a picture goes through the front end once. */
export async function joined(parts, window) {
  const [{ artifact }] = parts;
  const entries = new Map();
  const generators = [];
  for (const { artifact: each, suffix, change } of parts) {
    const stored = entriesOf(each);
    const own = windowsOf(each).find(one => one.window === window);
    for (const generator of own.generators) {
      const name = generator.name + suffix;
      generators.push({ ...generator, name });
      const start = `${window}.${generator.name}.`;
      const heads = [...stored].filter(([key]) => key.startsWith(start)).map(([key, tensor]) => [key.slice(start.length), tensor]);
      for (const [word, tensor] of change ? change(heads) : heads) entries.set(`${window}.${name}.${word}`, tensor);
    }
  }
  const bytes = writeSafetensors(entries);
  const { meaning } = windowsOf(artifact).find(one => one.window === window);
  const preprocessing = { ...artifact.card.preprocessing, windows: [{ window, meaning, generators }] };
  const files = new Map([...artifact.files, [MASKS, bytes]]);
  return { card: { ...artifact.card, preprocessing, files: { ...artifact.card.files, [MASKS]: await sha256(bytes) } }, files };
}

/** The control: mask and reference keep their values and lose their frequencies, each by a permutation of its own. */
export function shuffled(heads) {
  return heads.map(([word, tensor]) => {
    if (!['masks', 'logits', 'references'].includes(word)) return [word, tensor];
    const [, , height, width] = tensor.shape;
    const size = height * width;
    const order = seededRandom(1, word).shuffle(Array.from({ length: size }, (_, i) => i));
    const data = tensor.data.slice();
    for (let plane = 0; plane < data.length; plane += size) for (let i = 0; i < size; i++) data[plane + i] = tensor.data[plane + order[i]];
    return [word, { ...tensor, data }];
  });
}
