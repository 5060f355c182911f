import { type Artifact, checkCard, type ModelCard, type ModelFile, type RecordedRun, readSafetensors, type ScoreMeaning, SyntraceError } from '@syntrace/core';
import { type Heads, readHeads } from './heads.js';

export const DETECTOR_ID = 'masksim';
export const MASKS_FILE = 'masks.safetensors';
/** The front end that needs no network. */
export const WAVELET = 'wavelet';

/** Below, a denoiser's margin leaves next to nothing. */
const LEAST_WINDOW = 64;

/** What is known of one generator at one window. */
export interface Generator extends Heads {
  readonly name: string;
  /** `wavelet`, or the file of a denoiser. */
  readonly frontEnd: string;
  /** Of the logits of real photographs. */
  readonly real: { readonly mean: number; readonly deviation: number } | null;
}

/** Generators that look at windows of one size. */
export interface WindowSet {
  /** Side in samples. */
  readonly window: number;
  readonly generators: readonly Generator[];
  /** What its scores, the largest standardised logits, mean: windows of another size have others. */
  readonly meaning: ScoreMeaning;
  /** Ascending: the largest share q over the generators, of each real photograph of the tables. Empty without tables. */
  readonly most: Float64Array;
}

export interface Model {
  readonly card: ModelCard;
  /** Largest window first. */
  readonly sets: readonly WindowSet[];
  /** Denoisers by their file. */
  readonly denoisers: ReadonlyMap<string, ModelFile & { readonly margin: number }>;
}

/** `preprocessing.windows` of a card. */
export interface WindowCard {
  readonly window: number;
  readonly meaning: ScoreMeaning;
  readonly generators: readonly { readonly name: string; readonly frontEnd: string; readonly real: Generator['real'] }[];
}

/** `preprocessing.denoisers` of a card, by file. */
export type DenoiserCards = Readonly<Record<string, { readonly margin: number; readonly recorded: RecordedRun }>>;

/** @throws ARTIFACT_INVALID */
export function modelOf({ card, files }: Artifact): Model {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file: MASKS_FILE, detail });
  };
  if (card.detector !== DETECTOR_ID) return refuse(`its card is of detector ${card.detector}`);
  const tensors = readSafetensors(files.get(MASKS_FILE) ?? refuse('its card does not name it'), MASKS_FILE);
  const { windows, denoisers } = card.preprocessing as { readonly windows?: readonly WindowCard[]; readonly denoisers?: DenoiserCards };
  if (!Array.isArray(windows) || windows.length === 0) return refuse('its card names no windows');
  const sets = (windows as readonly WindowCard[]).map((each): WindowSet => {
    const { window, meaning } = each;
    if (!(Number.isSafeInteger(window) && window >= LEAST_WINDOW)) return refuse(`its card has a window of ${window} samples`);
    checkCard({ ...card, ...meaning });
    const generators = (each.generators ?? []).map(({ name, frontEnd, real }): Generator => {
      const margin = frontEnd === WAVELET ? 0 : (denoisers?.[frontEnd]?.margin ?? refuse(`its card does not tell of the denoiser ${frontEnd}`));
      return { name, frontEnd, real: real ?? null, ...readHeads(tensors, `${window}.${name}`, window - 2 * margin, refuse) };
    });
    if (generators.length === 0) return refuse(`its window ${window} has no generators`);
    const most = tensors.get(`${window}.most`)?.data;
    return { window, meaning, generators, most: most instanceof Float64Array ? most : new Float64Array() };
  });
  const found = Object.entries(denoisers ?? {}).map(([name, { margin, recorded }]) => {
    const bytes = files.get(name) ?? refuse(`its card does not name ${name}`);
    return [name, { name, bytes, sha256: card.files[name]!, recorded, margin }] as const;
  });
  return { card, sets: sets.toSorted((a, b) => b.window - a.window), denoisers: new Map(found) };
}
