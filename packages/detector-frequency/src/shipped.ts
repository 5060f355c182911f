import { type Artifact, checkSum, type ModelCard } from '@syntrace/core';
import card from '../weights/model.json' with { type: 'json' };
import weights from '../weights/model.safetensors';
import residualsCard from '../weights/residuals/model.json' with { type: 'json' };
// Bundled into the module, so that no bundler and no server has to find a file.
import residualsWeights from '../weights/residuals/model.safetensors';
import { WEIGHTS_FILE } from './model.js';

/** The weights of `frequency` that ship with this package, checked like any others. @throws ARTIFACT_CHECKSUM */
export const shippedArtifact = (): Promise<Artifact> => checked(card as unknown as ModelCard, weights);

/** Those of `residuals`. @throws ARTIFACT_CHECKSUM */
export const shippedResiduals = (): Promise<Artifact> => checked(residualsCard as unknown as ModelCard, residualsWeights);

async function checked(shipped: ModelCard, bytes: Uint8Array<ArrayBuffer>): Promise<Artifact> {
  await checkSum(WEIGHTS_FILE, bytes, shipped.files[WEIGHTS_FILE] ?? 'no checksum');
  return { card: shipped, files: new Map([[WEIGHTS_FILE, bytes]]) };
}
