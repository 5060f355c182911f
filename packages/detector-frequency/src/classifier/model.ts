import { type Artifact, type ModelCard, type ModelFile, readSafetensors, SyntraceError } from '@syntrace/core';
import { channelsOf, type Preprocessing, preprocessingOf, STATISTICS_FILE } from './meaning.js';

const MODEL_FILE = 'model.onnx';

/** A classifier of whole windows: values minus mean, over deviation, go through the network; flat arrays are [channels, size, size]. */
export interface Classifier {
  readonly card: ModelCard;
  readonly preprocessing: Preprocessing;
  readonly file: ModelFile;
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** Mean of the real training pictures' values; that of all where the card is of imported weights. */
  readonly real: Float32Array;
  /** Of a linear one, [outputs, channels, size, size]. */
  readonly weights: Float32Array | null;
}

/** x/127.5 − 1 */
const HALF = 127.5;

/** @throws ARTIFACT_INVALID */
export function classifierOf({ card, files }: Artifact): Classifier {
  const refuse = (file: string, detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file, detail });
  };
  const preprocessing = preprocessingOf(card);
  const values = channelsOf(preprocessing) * preprocessing.size ** 2;
  const bytes = files.get(MODEL_FILE) ?? refuse(MODEL_FILE, 'its card does not name it');
  const { classes, recorded } = card;
  if (classes && !(Array.isArray(classes) && classes.length > 1 && classes.every(name => typeof name === 'string')))
    return refuse('model.json', '`classes` must be a list of two names or more');
  const stored = files.get(STATISTICS_FILE);
  const tensors = stored ? readSafetensors(stored, STATISTICS_FILE) : new Map<string, never>();
  const array = (name: string, size: number): Float32Array | null => {
    const tensor = tensors.get(name);
    if (!tensor) return null;
    if (tensor.dtype !== 'f32' || tensor.data.length !== size) return refuse(STATISTICS_FILE, `${name} must hold ${size} float32 numbers`);
    const data = tensor.data as Float32Array;
    return data.every(Number.isFinite) ? data : refuse(STATISTICS_FILE, `${name} holds numbers that are not finite`);
  };
  const isPixels = preprocessing.input === 'pixels';
  const statistic = (name: string): Float32Array =>
    isPixels ? new Float32Array(values).fill(HALF) : (array(name, values) ?? refuse(STATISTICS_FILE, `${name} is missing`));
  const [mean, deviation] = [statistic('mean'), statistic('deviation')];
  if (!deviation.every(value => value > 0)) return refuse(STATISTICS_FILE, 'deviation must be above 0 throughout');
  return {
    card,
    preprocessing,
    file: { name: MODEL_FILE, bytes, sha256: card.files[MODEL_FILE]!, ...(recorded && { recorded }) },
    mean,
    deviation,
    real: array('real', values) ?? mean,
    weights: array('weights', (classes?.length ?? 1) * values),
  };
}
