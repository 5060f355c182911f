import {
  BatchRun,
  type DetectorContext,
  type Image,
  type Random,
  type Registry,
  type StoredTensor,
  SyntraceError,
  type TrainingChange,
  type TrainingSample,
  type Window,
  windowsOption,
} from '@syntrace/core';
import { resizedTo } from '../looks.js';
import type { Interval, TrainingSettings } from './options.js';

/** What looking at training pictures needs. */
export interface Looking {
  readonly settings: TrainingSettings;
  readonly registry: Registry;
  readonly context: DetectorContext;
  /** A picture as stored, perhaps kept from before. */
  stored(sample: TrainingSample): Promise<Image>;
}

/** Samples around a window that a change may look at. */
const MARGIN = 16;

/** The residuals [crops, 3, c, c] of crops drawn from a picture, with the changes that are drawn for it. */
export async function trainingLook(sample: TrainingSample, random: Random, looking: Looking): Promise<StoredTensor<'f32'>> {
  const { settings, context } = looking;
  const side = settings.cropSize;
  if (settings.recipe === 'published') {
    const resized = await resizedTo(await looking.stored(sample), settings.loadSize, context);
    const image = await sample.open([...drawnPasses(settings, random), ...mirror(settings, random)], resized);
    return residualOf(image, crops(image, settings, random), looking);
  }
  const stored = await looking.stored(sample);
  const factor = random.next() < settings.resize_prob ? between(settings.resize_range, random) : 1;
  const wanted = Math.ceil(((settings.crops > 1 ? 2 : 1) * side) / factor) + MARGIN;
  const least = Math.min(stored.width, stored.height);
  if (least < side) return tooSmall(stored, side);
  const window = cut(stored, wanted, random);
  const smaller = Math.min(window.width, window.height) * factor >= side && factor < 1;
  const changes: TrainingChange[] = [
    { kind: 'crop', window },
    ...(smaller ? [{ kind: 'resize', factor } as const] : []),
    ...drawnPasses(settings, random),
    ...mirror(settings, random),
  ];
  const image = await sample.open(changes, stored);
  return residualOf(image, crops(image, settings, random), looking);
}

/** Blur, then JPEG or else WebP: the same chances whatever the class. */
function drawnPasses(settings: TrainingSettings, random: Random): readonly TrainingChange[] {
  const changes: TrainingChange[] = [];
  if (random.next() < settings.blur_prob) changes.push({ kind: 'blur', sigma: between(settings.blur_sig, random) });
  const [low, high] = settings.jpg_qual;
  const quality = Math.round(low) + random.below(Math.round(high) - Math.round(low) + 1);
  const draw = random.next();
  const subsampling = settings.recipe === 'published' || random.next() < 0.75 ? '4:2:0' : '4:4:4';
  if (draw < settings.jpg_prob) changes.push({ kind: 'jpeg', quality, subsampling });
  else if (draw < settings.jpg_prob + settings.webp_prob) changes.push({ kind: 'webp', quality });
  return changes;
}

const mirror = ({ no_flip }: TrainingSettings, random: Random): readonly TrainingChange[] => (!no_flip && random.next() < 0.5 ? [{ kind: 'mirror' }] : []);

const between = ([low, high]: Interval, random: Random): number => low + (high - low) * random.next();

/** A window of about that side anywhere in the picture: the cells of a generator's up-sampling begin anywhere too. */
function cut({ width, height }: Image, side: number, random: Random): Window {
  const [w, h] = [Math.min(width, side), Math.min(height, side)];
  return { x: random.below(width - w + 1), y: random.below(height - h + 1), width: w, height: h };
}

const crops = (image: Image, settings: TrainingSettings, random: Random): readonly Window[] =>
  Array.from({ length: settings.crops }, () => cut(image, settings.cropSize, random));

/** The residuals [n, 3, h, w] of windows of one size. */
export async function residualOf(
  image: Image,
  windows: readonly Window[],
  { registry, context }: Pick<Looking, 'registry' | 'context'>,
): Promise<StoredTensor<'f32'>> {
  const run = new BatchRun(registry, context.kernels, context.logger, context.signal);
  try {
    const [residual] = await run.intermediate('residual.npr', [image], { windows: windowsOption(windows) });
    return { dtype: 'f32', shape: residual!.shape, data: await context.kernels.read(residual!) };
  } finally {
    await run.end();
  }
}

const tooSmall = ({ source, width, height }: Image, side: number): never => {
  throw new SyntraceError('TRAINING_INVALID', { detail: `${source.uri} is ${width}×${height}, a crop has ${side} samples a side` });
};
