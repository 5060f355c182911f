import { type Artifact, type ModelCard, readSafetensors, SyntraceError } from '@syntrace/core';
import { type FeatureSet, TILES } from './features.js';

/** Side of the stored mean spectrum. */
export const SPECTRUM_TILE = 64;
export const WEIGHTS_FILE = 'model.safetensors';

/** A fitted linear model: score = Σ weight·(feature − mean)/deviation + bias, averaged over windows. */
export interface LinearWindows {
  readonly card: ModelCard;
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** That of the detector `frequency`. */
export interface Model extends LinearWindows {
  /** Mean over real photographs of ln(|DCT-II| + eps) on 64×64 luma tiles. */
  readonly realSpectrum: Float32Array;
}

/** @throws ARTIFACT_INVALID */
export function modelOf(artifact: Artifact): Model {
  const tensors = tensorsOf(artifact, TILES);
  return { card: artifact.card, ...linearOf(tensors, TILES), realSpectrum: tensors.take('realSpectrum', SPECTRUM_TILE ** 2) };
}

/** The weights of another set of features. @throws ARTIFACT_INVALID */
export const linearModelOf = (artifact: Artifact, set: FeatureSet): LinearWindows => ({ card: artifact.card, ...linearOf(tensorsOf(artifact, set), set) });

function linearOf({ take, refuse }: Tensors, { count }: FeatureSet): Omit<LinearWindows, 'card'> {
  const linear = { mean: take('mean', count), deviation: take('deviation', count), weights: take('weights', count), bias: take('bias', 1) };
  if (!linear.deviation.every(value => value > 0)) return refuse('deviation must be above 0 throughout');
  return linear;
}

interface Tensors {
  take(name: string, size: number): Float32Array;
  refuse(detail: string): never;
}

function tensorsOf({ card, files }: Artifact, { detector }: FeatureSet): Tensors {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file: WEIGHTS_FILE, detail });
  };
  if (card.detector !== detector) return refuse(`its card is of detector ${card.detector}`);
  const bytes = files.get(WEIGHTS_FILE) ?? refuse('its card does not name it');
  const tensors = readSafetensors(bytes, WEIGHTS_FILE);
  const take = (name: string, size: number): Float32Array => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== 'f32' || tensor.data.length !== size) return refuse(`${name} must hold ${size} float32 numbers`);
    if (!tensor.data.every(Number.isFinite)) return refuse(`${name} holds numbers that are not finite`);
    return tensor.data as Float32Array;
  };
  return { take, refuse };
}
