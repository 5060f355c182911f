// Weights from a seed for every contestant: the imported model, and the state as safetensors.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededState, writeSafetensors } from '@syntrace/core';
import { nprDetector } from '@syntrace/detector-npr';
import { createModels, importCheckpoint } from '@syntrace/model-runtime';

export async function writeWeights(folder) {
  mkdirSync(folder, { recursive: true });
  const { importable } = nprDetector();
  const bytes = writeSafetensors(seededState(importable.network, 100));
  const models = createModels()({ threads: 1, provider: 'cpu' });
  const { artifact } = await importCheckpoint(bytes, 'seeded.safetensors', importable, models);
  await models.close();
  for (const [name, data] of artifact.files) writeFileSync(join(folder, name), data);
  writeFileSync(join(folder, 'model.json'), JSON.stringify(artifact.card));
  const state = join(folder, 'state.safetensors');
  writeFileSync(state, bytes);
  return { folder, state };
}
