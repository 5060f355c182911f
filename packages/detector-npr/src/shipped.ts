/// <reference path="./assets.d.ts" />
import { type Artifact, checkSum, type ModelCard } from '@syntrace/core';
import card from '../weights/model.json' with { type: 'json' };
import { MODEL_FILE } from './model.js';

/** The card of the weights that ship with this package. */
export const SHIPPED_CARD = card as unknown as ModelCard;

/** Those weights, checked like any others. They lie in a module of their own, so that no bundler and no server has to find a file, and nobody loads them who does not judge.
 *  @throws ARTIFACT_CHECKSUM */
export async function shippedArtifact(): Promise<Artifact> {
  const { default: weights } = await import('../weights/model.onnx');
  await checkSum(MODEL_FILE, weights, SHIPPED_CARD.files[MODEL_FILE] ?? 'no checksum');
  return { card: SHIPPED_CARD, files: new Map([[MODEL_FILE, weights]]) };
}
