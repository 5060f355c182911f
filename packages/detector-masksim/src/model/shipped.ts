import { type Artifact, checkSum, type ModelCard, type ModelFile, type RecordedRun } from '@syntrace/core';
import denoiserCard from '../../weights/denoiser.json' with { type: 'json' };
import card from '../../weights/model.json' with { type: 'json' };
import { MASKS_FILE, type WindowCard } from './model.js';

/** File of the package's own denoiser, in every model that uses it. */
export const OWN_DENOISER = 'denoiser.onnx';

/** The card of the weights that ship with this package. */
export const SHIPPED_CARD = card as unknown as ModelCard;

/** Side of the smallest window that they look at. */
export const SHIPPED_LEAST = Math.min(...(SHIPPED_CARD.preprocessing.windows as readonly WindowCard[]).map(({ window }) => window));

/** The package's own denoiser. It lies in a module of its own, as the masks do, so that nobody loads them who does not judge. */
export async function shippedDenoiser(): Promise<ModelFile & { readonly margin: number; readonly recorded: RecordedRun }> {
  const { default: bytes } = await import('../../weights/denoiser.onnx');
  return { name: OWN_DENOISER, bytes, sha256: denoiserCard.sha256, margin: denoiserCard.margin, recorded: denoiserCard.recorded };
}

/** The weights that ship with this package, checked like any others. @throws ARTIFACT_CHECKSUM */
export async function shippedArtifact(): Promise<Artifact> {
  const [{ default: masks }, denoiser] = await Promise.all([import('../../weights/masks.safetensors'), shippedDenoiser()]);
  const files = new Map([
    [MASKS_FILE, masks],
    [OWN_DENOISER, denoiser.bytes],
  ]);
  for (const [name, bytes] of files) await checkSum(name, bytes, SHIPPED_CARD.files[name] ?? 'no checksum');
  return { card: SHIPPED_CARD, files };
}
