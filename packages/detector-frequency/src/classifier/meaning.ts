import { type ModelCard, SyntraceError } from '@syntrace/core';

/** What a classifier of whole windows was trained on, as its card keeps it. */
export interface Preprocessing {
  /** `log-dct`: ln(|DCT-II| + eps) of the window, minus mean, over deviation of the training pictures; `pixels`: x/127.5 − 1. */
  readonly input: 'log-dct' | 'pixels';
  /** Side of the window. */
  readonly size: number;
  readonly colour: 'rgb' | 'grey';
  readonly eps: number;
}

/** Of the logarithm: the same in training and in use (specification, section 14). */
export const EPS = 1e-12;
/** Mean and deviation of the inputs, and what explanations rest on. */
export const STATISTICS_FILE = 'statistics.safetensors';

export const channelsOf = ({ colour }: Pick<Preprocessing, 'colour'>): number => (colour === 'grey' ? 1 : 3);

/** Whether a card is of a classifier of whole windows, not of the statistics of tiles. */
export const isClassifier = ({ preprocessing }: ModelCard): boolean => preprocessing.input === 'log-dct' || preprocessing.input === 'pixels';

/** @throws ARTIFACT_INVALID */
export function preprocessingOf({ preprocessing }: ModelCard): Preprocessing {
  const { input, size, colour, eps } = preprocessing;
  const isKnown = (input === 'log-dct' || input === 'pixels') && (colour === 'rgb' || colour === 'grey');
  if (isKnown && Number.isSafeInteger(size) && (size as number) > 0 && typeof eps === 'number' && eps > 0) return { input, size: size as number, colour, eps };
  throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail: `its preprocessing is not usable: ${JSON.stringify(preprocessing)}` });
}

/** Log-odds that it is of any class but the first, which is real: the logit itself, or ln Σ e^z of the others minus that of the first. */
export function scoreOfLogits(logits: ArrayLike<number>): number {
  const [first, ...others] = Array.from(logits);
  if (others.length === 0) return first!;
  const largest = Math.max(...others);
  return largest + Math.log(others.reduce((sum, z) => sum + Math.exp(z - largest), 0)) - first!;
}

/** Probability of each class: the softmax, or 1 − p and p of one logit. */
export function probabilitiesOf(logits: ArrayLike<number>): readonly number[] {
  const all = logits.length === 1 ? [0, logits[0]!] : Array.from(logits);
  const largest = Math.max(...all);
  const powers = all.map(z => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / sum);
}
