import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kernels, Moments } from '@syntrace/core';
import { loadMoments, saveMoments } from '../run/moments-file.js';
import { momentsOf } from '../statistics/running.js';
import { type FeatureCache, growCache } from './feature-cache.js';
import type { Features } from './options.js';
import type { ClassedPicture } from './plan.js';
import { type PrepareProgress, saveProgress } from './progress.js';
import { type ReadOptions, readValues } from './read-values.js';
import { transformer } from './transform.js';

/** Pictures after which the statistics are saved. */
const SAVE_EVERY = 512;

/** Mean and variance of each value over the training pictures; goes on where it was. Pictures that fail are left out here and again when the split is written;
 *  the values of the others are kept for that. */
export async function trainingMoments(
  folder: string,
  pictures: readonly ClassedPicture[],
  features: Features,
  kernels: Kernels,
  progress: PrepareProgress,
  options: ReadOptions & { readonly onProgress?: (done: number, total: number) => void },
): Promise<Moments | null> {
  const { statistics } = progress;
  const state: Moments | null = statistics.file ? ((await loadMoments(join(folder, statistics.file))).train ?? null) : null;
  if (statistics.done) return state;
  const running = momentsOf(kernels, state);
  let cache: FeatureCache | null | undefined;
  const save = async (done: boolean) => {
    const moments = await running.flush();
    await cache?.sync();
    const before = statistics.file;
    const file = `statistics-${statistics.taken}.safetensors`;
    if (moments) await saveMoments(join(folder, file), { train: moments });
    Object.assign(statistics, { file: moments ? file : null, done });
    await saveProgress(folder, progress);
    if (before && before !== file) await rm(join(folder, before), { force: true });
    return moments;
  };
  const transform = transformer({ ...features, normalize: false }, kernels);
  try {
    for await (const read of readValues(pictures, statistics.taken, transform, progress, options)) {
      if (cache === undefined) cache = await growCache(folder, statistics.taken, progress.bytesPerPicture);
      statistics.taken++;
      if ('values' in read) {
        await running.add(read.values.data as Float32Array | Float64Array);
        await cache?.add(read.hash, read.values);
      } else await cache?.skip();
      options.onProgress?.(statistics.taken, pictures.length);
      if (statistics.taken % SAVE_EVERY === 0) await save(false);
    }
    return await save(true);
  } finally {
    await cache?.close();
  }
}
