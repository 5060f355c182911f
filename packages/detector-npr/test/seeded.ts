import { type Artifact, type ModelRuntime, seededState, writeSafetensors } from '@syntrace/core';
import { importCheckpoint } from '@syntrace/model-runtime';
import { nprDetector } from '../src/detector.js';
import { NPR_NETWORK } from '../src/network.js';

export const { importable } = nprDetector();

/** The state of a seed as a file. */
export const seededFile = (seed: number): Uint8Array => writeSafetensors(seededState(NPR_NETWORK, seed));

/** Weights from a seed, imported: their scores mean nothing, but they are the same everywhere. */
export async function seededWeights(models: ModelRuntime, seed = 100): Promise<Artifact> {
  const { artifact } = await importCheckpoint(seededFile(seed), 'seeded.safetensors', importable!, models);
  return artifact;
}
