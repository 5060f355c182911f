import { type Artifact, type ModelCard, type ModelFile, SyntraceError } from '@syntrace/core';

export const DETECTOR_ID = 'npr';
export const MODEL_FILE = 'model.onnx';

/** An imported or trained network with its card. */
export interface Model {
  readonly card: ModelCard;
  readonly file: ModelFile;
}

/** @throws ARTIFACT_INVALID */
export function modelOf({ card, files }: Artifact): Model {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file: MODEL_FILE, detail });
  };
  if (card.detector !== DETECTOR_ID) return refuse(`its card is of detector ${card.detector}`);
  const bytes = files.get(MODEL_FILE) ?? refuse('its card does not name it');
  const { recorded } = card;
  const isNumbers = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(Number.isFinite);
  if (recorded && !(isNumbers(recorded.shape) && isNumbers(recorded.output) && Number.isFinite(recorded.seed) && recorded.tolerance > 0))
    return refuse('the recorded answer in its card is not usable');
  return { card, file: { name: MODEL_FILE, bytes, sha256: card.files[MODEL_FILE]!, ...(recorded && { recorded }) } };
}
