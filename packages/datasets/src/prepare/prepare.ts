import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Kernels, type Moments, SyntraceError, writeSafetensors } from '@syntrace/core';
import { npyBytes } from '../formats/npy.js';
import { writeTable } from '../formats/table.js';
import type { Split } from '../layouts/place.js';
import type { FailedPicture } from '../run/failure.js';
import { openOutput, replaceFile } from '../run/output-folder.js';
import { varianceOf } from '../statistics/running.js';
import { classedPictures, type Labels } from './classes.js';
import { withoutDuplicates } from './deduplicate.js';
import { openCache, removeCache } from './feature-cache.js';
import { type Leak, leaksOf } from './leaks.js';
import { type Features, featureSuffix, LOG_EPS, type PreparedFormat, PUBLISHED_SIZES, SPLITS, type SplitSizes } from './options.js';
import { planGiven, planSplits, type SplitPlan } from './plan.js';
import { loadProgress, type PrepareProgress } from './progress.js';
import { trainingMoments } from './training-moments.js';
import { type Standard, standardizer, transformer } from './transform.js';
import { TABLE, writeSplit } from './write-split.js';

export interface PrepareOptions {
  readonly features: Features;
  readonly format: PreparedFormat;
  readonly labels: Labels;
  /** Default: the dataset's own splits if it has some, else the published sizes. */
  readonly sizes?: SplitSizes;
  readonly seed: number;
  /** Leave out all but the first of files with the same bytes. */
  readonly dedupe?: boolean;
  readonly resume?: boolean;
  readonly concurrency?: number;
  readonly limits?: { readonly maxPixels?: number; readonly maxBytes?: number };
  readonly signal?: AbortSignal;
  readonly onPlan?: (plan: { readonly classes: readonly string[]; readonly counts: Readonly<Record<Split, number>>; readonly duplicates: number }) => void;
  readonly onProgress?: (phase: string, done: number, total: number) => void;
}

/** What `prepared.json` tells, too. */
export interface Prepared {
  readonly classes: readonly string[];
  readonly shape: readonly number[];
  readonly counts: Readonly<Record<Split, number>>;
  readonly failed: readonly FailedPicture[];
  /** Pictures whose bytes are in more than one split. */
  readonly leaks: readonly Leak[];
  /** Values that never vary over the training pictures; their deviation is taken as 1. */
  readonly constant: number;
}

/** Makes training arrays of a dataset: features, split, shuffled, normalised by the training pictures. These are read once: their features wait on the disk
 *  (up to 32 GiB) until mean and deviation are known. Memory is bounded by the
 *  pictures in work and one block, beside O(pictures) paths; an interrupted run goes on and ends with the same bytes.
 *  @throws DATASET_INVALID, USAGE, ABORTED */
export async function prepareDataset(path: string, out: string, kernels: Kernels, options: PrepareOptions): Promise<Prepared> {
  const root = resolve(path);
  const { features, format, seed } = options;
  const found = await classedPictures(root, options.labels);
  const { pictures, dropped } = options.dedupe ? await withoutDuplicates(found.pictures, options) : { pictures: found.pictures, dropped: 0 };
  const plan =
    options.sizes || !found.hasSplits ? planSplits(pictures, found.classes, options.sizes ?? PUBLISHED_SIZES, seed, path) : planGiven(pictures, seed, path);
  const counts = { train: plan.train.length, val: plan.val.length, test: plan.test.length };
  options.onPlan?.({ classes: found.classes, counts, duplicates: dropped });
  const settings = { tool: 'prepare', features, format, classes: found.classes, seed, counts, pictures: fingerprintOf(plan, root) };
  await openOutput(out, settings, options.resume ?? false);
  const progress = await loadProgress(out);
  const reading = { concurrency: options.concurrency ?? 4, limits: options.limits ?? {}, ...(options.signal && { signal: options.signal }) };
  const told = (phase: string) => ({ ...reading, onProgress: (done: number, total: number) => options.onProgress?.(phase, done, total) });
  const moments = features.of === 'dct' && features.normalize ? await trainingMoments(out, plan.train, features, kernels, progress, told('statistics')) : null;
  const standard = moments && standardOf(moments);
  if (moments) await writeStatistics(out, moments, progress);
  const target = { folder: out, format, name: `${basename(root)}${featureSuffix(features)}`, root, classes: found.classes };
  const transform = transformer(features, kernels, standard?.standard);
  const cache = standard && !progress.splits.train.done ? await openCache(out, features, progress.bytesPerPicture) : null;
  const normalise = standard && standardizer(features, kernels, standard.standard);
  const known = async (index: number) => {
    const kept = await cache?.read(index);
    return kept && normalise ? { hash: kept.hash, values: await normalise({ shape: progress.shape!, data: kept.data }) } : null;
  };
  try {
    for (const split of SPLITS) {
      const knows = split === 'train' && cache ? { known } : {};
      await writeSplit(target, split, plan[split], transform, progress, { ...told(split), ...knows });
    }
  } finally {
    await cache?.close();
  }
  await removeCache(out);
  return summarised(out, settings, found.classes, progress, standard?.constant ?? 0);
}

/** Stands for the pictures, their labels and their order. */
function fingerprintOf(plan: SplitPlan, root: string): string {
  const hash = createHash('sha256');
  for (const split of SPLITS) for (const { path, label } of plan[split]) hash.update(`${split}\0${path.slice(root.length)}\0${label}\n`);
  return hash.digest('hex');
}

/** A value that never varied gets the deviation 1: it becomes 0 in training. */
function standardOf(moments: Moments): { standard: Standard; constant: number } {
  if (moments.count < 2)
    throw new SyntraceError('TRAINING_INVALID', { detail: `normalisation needs at least 2 training pictures, there are ${moments.count}` });
  let constant = 0;
  const deviation = varianceOf(moments).map(variance => {
    if (variance > 0) return Math.sqrt(variance);
    constant++;
    return 1;
  });
  return { standard: { mean: moments.mean, deviation }, constant };
}

/** `mean.npy` and `var.npy`, as the published classifier reads them, and both with the count in one safetensors file. */
async function writeStatistics(folder: string, moments: Moments, { shape }: PrepareProgress): Promise<void> {
  const variance = varianceOf(moments);
  const sides = shape ?? [moments.mean.length];
  await replaceFile(join(folder, 'mean.npy'), npyBytes('<f8', moments.mean, sides));
  await replaceFile(join(folder, 'var.npy'), npyBytes('<f8', variance, sides));
  const f64 = (data: Float64Array, shape: readonly number[]) => ({ dtype: 'f64', shape, data }) as const;
  const tensors = new Map([
    ['mean', f64(moments.mean, sides)],
    ['variance', f64(variance, sides)],
    ['count', f64(Float64Array.of(moments.count), [1])],
    ['eps', f64(Float64Array.of(LOG_EPS), [1])],
  ]);
  await replaceFile(join(folder, 'statistics.safetensors'), writeSafetensors(tensors));
}

async function summarised(
  folder: string,
  settings: object,
  classes: readonly string[],
  { splits, shape }: PrepareProgress,
  constant: number,
): Promise<Prepared> {
  const failed = SPLITS.flatMap(split => splits[split].failed);
  const counts = { train: splits.train.state.written, val: splits.val.state.written, test: splits.test.state.written };
  const leaks = await leaksOf(join(folder, TABLE));
  const prepared: Prepared = { classes, shape: shape ?? [], counts, failed, leaks, constant };
  await writeTable(
    join(folder, 'failed.csv'),
    ['path', 'code', 'message'],
    failed.map(each => ({ ...each })),
  );
  await writeFile(join(folder, 'prepared.json'), `${JSON.stringify({ ...settings, ...prepared, failed: failed.length, eps: LOG_EPS }, null, 2)}\n`);
  return prepared;
}
