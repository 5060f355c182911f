import { type Artifact, type ModelCard, readSafetensors, SyntraceError } from '@syntrace/core';
import { FEATURE_COUNT } from './features.js';

/** Side of the stored mean spectrum. */
export const SPECTRUM_TILE = 64;
export const WEIGHTS_FILE = 'model.safetensors';

/** A fitted model: score = Σ weight·(feature − mean)/deviation + bias, averaged over windows. */
export interface Model {
  readonly card: ModelCard;
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Mean over real photographs of ln(|DCT-II| + eps) on 64×64 luma tiles. */
  readonly realSpectrum: Float32Array;
}

const SIZES = { mean: FEATURE_COUNT, deviation: FEATURE_COUNT, weights: FEATURE_COUNT, bias: 1, realSpectrum: SPECTRUM_TILE ** 2 } as const;

/** @throws ARTIFACT_INVALID */
export function modelOf({ card, files }: Artifact): Model {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file: WEIGHTS_FILE, detail });
  };
  if (card.detector !== 'frequency') return refuse(`its card is of detector ${card.detector}`);
  const bytes = files.get(WEIGHTS_FILE) ?? refuse('its card does not name it');
  const tensors = readSafetensors(bytes, WEIGHTS_FILE);
  const arrays = Object.entries(SIZES).map(([name, size]) => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== 'f32' || tensor.data.length !== size) return refuse(`${name} must hold ${size} float32 numbers`);
    if (!tensor.data.every(Number.isFinite)) return refuse(`${name} holds numbers that are not finite`);
    if (name === 'deviation' && !tensor.data.every(value => value > 0)) return refuse('deviation must be above 0 throughout');
    return [name, tensor.data];
  });
  return { card, ...(Object.fromEntries(arrays) as Record<keyof typeof SIZES, Float32Array>) };
}
