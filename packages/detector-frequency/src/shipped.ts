import { type Artifact, checkSum, type ModelCard } from '@syntrace/core';
import card from '../weights/model.json' with { type: 'json' };
// Bundled into the module (55 KB), so that no bundler and no server has to find a file.
import weights from '../weights/model.safetensors';
import { WEIGHTS_FILE } from './model.js';

/** The weights that ship with this package, checked like any others. @throws ARTIFACT_CHECKSUM */
export async function shippedArtifact(): Promise<Artifact> {
  const shipped = card as unknown as ModelCard;
  await checkSum(WEIGHTS_FILE, weights, shipped.files[WEIGHTS_FILE] ?? 'no checksum');
  return { card: shipped, files: new Map([[WEIGHTS_FILE, weights]]) };
}
