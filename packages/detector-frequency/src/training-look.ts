import { BatchRun, type DetectorContext, type Image, type Registry, SyntraceError, seededRandom, type TrainingSample } from '@syntrace/core';
import type { Copy } from './copies.js';
import { luminanceSpectrum } from './explain.js';
import type { FeatureSet } from './features.js';
import { SPECTRUM_TILE } from './model.js';
import { LEAST_SIDE } from './windows.js';

/** What training takes from one picture. */
export interface Look {
  /** A row of features for each copy, one after the other. */
  readonly features: Float32Array;
  /** Of a real picture, as stored. */
  readonly spectrum: Float32Array | null;
}

export interface Looking {
  readonly set: FeatureSet;
  readonly copies: readonly Copy[];
  readonly seed: number;
  readonly registry: Registry;
  readonly context: DetectorContext;
}

/** Sees a picture in every copy, or takes what a checkpoint kept of that. @throws TRAINING_INVALID for a picture that is too small to be judged */
export async function lookAt(sample: TrainingSample, looking: Looking): Promise<Look> {
  const { copies, seed, context, set } = looking;
  const key = JSON.stringify([set.detector, sample.uri, sample.label, seed, copies.map(copy => copy.name)]);
  const kept = await context.checkpoint?.get(key);
  if (kept) return unpack(kept, copies.length * set.count);
  const look = await see(sample, looking);
  await context.checkpoint?.put(key, pack(look));
  return look;
}

async function see(sample: TrainingSample, { copies, seed, registry, context, set }: Looking): Promise<Look> {
  const features = new Float32Array(copies.length * set.count);
  let spectrum: Float32Array | null = null;
  const stored = await sample.open();
  checkSize(stored);
  for (const [c, copy] of copies.entries()) {
    context.signal.throwIfAborted();
    const random = seededRandom(seed, `${copy.name}/${placeOf(sample)}`);
    const changes = copy.changes(stored, random);
    const image = changes.length > 0 ? await sample.open(changes) : stored;
    const windows = copy.place(image, random);
    const run = new BatchRun(registry, context.kernels, context.logger, context.signal);
    try {
      const rows = await set.of(image, windows, run);
      features.set(await context.kernels.read(rows), c * set.count);
      context.kernels.free(rows);
      if (set.realSpectrum && c === 0 && sample.label === 0) spectrum = await luminanceSpectrum(image, run);
    } finally {
      await run.end();
    }
  }
  return { features, spectrum };
}

/** What is drawn for a picture depends on its place in the dataset, not on where the dataset lies. */
export const placeOf = ({ set, group, label, uri }: TrainingSample): string => `${set}/${group}/${label}/${uri.split(/[\\/]/).at(-1)}`;

function checkSize({ width, height, source }: Image): void {
  if (Math.min(width, height) >= LEAST_SIDE) return;
  throw new SyntraceError('TRAINING_INVALID', { detail: `${source.uri} is ${width}×${height}, training pictures need ${LEAST_SIDE} samples a side` });
}

function pack({ features, spectrum }: Look): Uint8Array {
  const all = new Float32Array(features.length + (spectrum?.length ?? 0));
  all.set(features);
  if (spectrum) all.set(spectrum, features.length);
  return new Uint8Array(all.buffer);
}

/** @throws TRAINING_INVALID for bytes of another length */
function unpack(bytes: Uint8Array, size: number): Look {
  const all = new Float32Array(new Uint8Array(bytes).buffer, 0, bytes.length >> 2);
  if (all.length !== size && all.length !== size + SPECTRUM_TILE ** 2)
    throw new SyntraceError('TRAINING_INVALID', { detail: 'the checkpoint was not written by this version' });
  return { features: all.slice(0, size), spectrum: all.length > size ? all.slice(size) : null };
}
