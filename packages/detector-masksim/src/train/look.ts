import { BatchRun, type DetectorContext, type Image, type Random, type Registry, type TrainingChange, type TrainingSample, withTensors } from '@syntrace/core';
import { centreCrop } from '../judge/crop.js';
import type { FrontEnd } from '../judge/front-end.js';
import { halfOf, hasFlatPlane, logSpectra, planesOf } from '../judge/spectra.js';
import type { TrainingSettings } from './options.js';

/** What looking at pictures needs. */
export interface Looking {
  readonly settings: TrainingSettings;
  readonly registry: Registry;
  readonly context: DetectorContext;
  readonly frontEnd: FrontEnd;
  /** What names it: kept spectra are of one front end. */
  readonly frontEndName: string;
}

/** Random qualities (specification, section 7). */
const [LOW, HIGH] = [65, 100];
/** Photographs of the published recipe are resized with this probability, their shorter side to 1…1.5 windows. */
const [RESIZED, REACH] = [0.5, 0.5];

/** What is drawn for a training picture: a window anywhere (published), or on the JPEG grid, and a compression. */
export function trainingChanges(
  { width, height }: Pick<Image, 'width' | 'height'>,
  { label }: TrainingSample,
  settings: TrainingSettings,
  random: Random,
): readonly TrainingChange[] {
  const { window, recipe } = settings;
  const published = recipe === 'published';
  const factor = published && label === 0 && random.next() < RESIZED ? (window * (1 + REACH * random.next())) / Math.min(width, height) : 1;
  const [w, h] = [width, height].map(side => Math.floor(side * factor)) as [number, number];
  const along = (length: number) =>
    published ? random.below(Math.max(0, length - window) + 1) : 8 * random.below(Math.floor(Math.max(0, length - window) / 8) + 1);
  return [
    ...(factor === 1 ? [] : [{ kind: 'resize', factor } as const]),
    { kind: 'crop', window: { x: along(w), y: along(h), width: window, height: window } },
    ...compression(settings, random),
  ];
}

/** JPEG (4:2:0, as Pillow's defaults) or WebP. */
export function compression({ quality, compression: kind, compression_prob }: TrainingSettings, random: Random): readonly TrainingChange[] {
  if (quality === 'none' || (quality === 'random' && random.next() >= compression_prob)) return [];
  const drawn = quality === 'random' ? LOW + random.below(HIGH - LOW + 1) : quality;
  return [kind === 'jpeg' ? { kind, quality: drawn, subsampling: '4:2:0' } : { kind, quality: drawn }];
}

/** The middle window of a picture, with a compression behind it. */
export function validationChanges(
  { width, height }: Pick<Image, 'width' | 'height'>,
  settings: TrainingSettings,
  passes: readonly TrainingChange[],
): readonly TrainingChange[] {
  return [{ kind: 'crop', window: centreCrop(width, height, settings.window) }, ...passes];
}

/** The log spectra [3, s, s or half] of a picture after changes that leave one window; nothing for a grey one. A checkpoint keeps them. */
export async function spectraOf(sample: TrainingSample, stored: Image, changes: readonly TrainingChange[], looking: Looking): Promise<Float32Array | null> {
  const { context, settings, frontEndName } = looking;
  const key = JSON.stringify(['spectra', sample.uri, changes, settings.window, settings.half, frontEndName]);
  const kept = await context.checkpoint?.get(key);
  if (kept) return kept.length > 0 ? new Float32Array(new Uint8Array(kept).buffer) : null;
  const spectra = await computed(await sample.open(changes, stored), looking);
  await context.checkpoint?.put(key, new Uint8Array(spectra?.buffer ?? new ArrayBuffer(0)));
  return spectra;
}

async function computed(image: Image, { registry, context, settings, frontEnd }: Looking): Promise<Float32Array | null> {
  const run = new BatchRun(registry, context.kernels, context.logger, context.signal);
  try {
    return await withTensors(context.kernels, async keep => {
      const planes = await planesOf(image, { x: 0, y: 0, width: settings.window, height: settings.window }, run);
      if (await hasFlatPlane(planes, run)) return null;
      const spectra = keep(await logSpectra(planes, frontEnd, run));
      return context.kernels.read(settings.half ? keep(await halfOf(spectra, run)) : spectra);
    });
  } finally {
    await run.end();
  }
}
