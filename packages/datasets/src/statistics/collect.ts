import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Image, type Kernels, type Moments, SyntraceError, withTensors } from '@syntrace/core';
import { picturesOf } from '../pictures.js';
import { LOG_EPS, type Precision } from '../prepare/options.js';
import { type FailedPicture, failedPicture } from '../run/failure.js';
import { mapAhead } from '../run/map-ahead.js';
import { loadMoments, saveMoments } from '../run/moments-file.js';
import { replaceFile } from '../run/output-folder.js';
import { inPrecision, planesOf } from '../run/planes.js';
import { readPicture } from '../run/read-picture.js';
import { momentsOf } from './running.js';

/** A folder of pictures under a name. */
export interface PictureSet {
  readonly path: string;
  readonly name: string;
}

export interface StatisticsOptions {
  /** The first so many pictures of each set, in name order; all without it. */
  readonly amount?: number;
  /** R, G and B apart; else Pillow's L. */
  readonly colour: boolean;
  /** The middle window of this side; without it all pictures must have one size. */
  readonly size?: number;
  readonly precision: Precision;
  /** List the pictures as the published code does: not recursively, one ending only. */
  readonly compat?: boolean;
  readonly concurrency?: number;
  readonly limits?: { readonly maxPixels?: number; readonly maxBytes?: number };
  readonly signal?: AbortSignal;
  readonly onProgress?: (set: string, done: number, total: number) => void;
}

/** Running statistics of a set's spectra; each sample is [channel, row, column] (profiles: [channel, radius]). */
export interface SpectrumMoments {
  readonly shape: readonly [channels: number, height: number, width: number];
  readonly pictures: number;
  readonly failed: readonly FailedPicture[];
  /** Signed coefficients of the orthonormal 2-D DCT-II. */
  readonly coefficients: Moments;
  /** ln(|coefficient| + 1e-12). */
  readonly logs: Moments;
  /** Azimuthal means of the logs around [0,0], one a sample of radius. */
  readonly profiles: Moments;
}

/** Pictures after which the state is saved; a multiple of the batch of the running statistics, so that an interruption changes no bit. */
const SAVE_EVERY = 256;
const NAMES = ['coefficients', 'logs', 'profiles'] as const;

interface Progress {
  taken: number;
  shape: [number, number, number] | null;
  failed: FailedPicture[];
  file: string | null;
}

/** Statistics of a set; the state is kept in `folder` and gone on with. Memory does not grow with the number of pictures (but for their paths).
 *  @throws DATASET_INVALID when fewer than two pictures could be read, ABORTED */
export async function collectSpectra(set: PictureSet, folder: string, kernels: Kernels, options: StatisticsOptions): Promise<SpectrumMoments> {
  const all = await picturesOf(set.path, { compat: options.compat ?? false });
  const pictures = options.amount && options.amount > 0 ? all.slice(0, options.amount) : all;
  const record = join(folder, `${set.name}.progress.json`);
  const progress = await loadProgress(record);
  const known = progress.file ? await loadMoments(join(folder, progress.file)) : {};
  const running = NAMES.map(name => momentsOf(kernels, known[name] ?? null));
  const save = async () => {
    const states = await Promise.all(running.map(each => each.flush()));
    if (states.some(state => state === null)) return null;
    const moments = Object.fromEntries(NAMES.map((name, i) => [name, states[i]!])) as Record<(typeof NAMES)[number], Moments>;
    const before = progress.file;
    progress.file = `${set.name}-${progress.taken}.safetensors`;
    await saveMoments(join(folder, progress.file), moments);
    await replaceFile(record, `${JSON.stringify(progress)}\n`);
    if (before && before !== progress.file) await rm(join(folder, before), { force: true });
    return moments;
  };
  const { signal, limits, concurrency = 4 } = options;
  const read = async (path: string): Promise<Spectrum | FailedPicture> => {
    try {
      const { image } = await readPicture(path, { ...limits, ...(signal && { signal }) });
      return await spectrumOf(image, kernels, options);
    } catch (error) {
      return failedPicture(path, error);
    }
  };
  const paths = pictures.map(({ path }) => path);
  for await (const result of mapAhead(paths.slice(progress.taken), concurrency, read, signal)) {
    const path = paths[progress.taken]!;
    progress.taken++;
    const odd = 'code' in result ? result : oddSize(path, result, progress);
    if (odd) progress.failed.push(odd);
    else for (const [i, name] of NAMES.entries()) await running[i]!.add((result as Spectrum)[name]);
    options.onProgress?.(set.name, progress.taken, paths.length);
    if (progress.taken % SAVE_EVERY === 0) await save();
  }
  const moments = await save();
  if (!moments || !progress.shape || moments.coefficients.count < 2) {
    const detail = `statistics need at least 2 pictures, ${moments?.coefficients.count ?? 0} of ${paths.length} could be read${progress.failed[0] ? `: ${progress.failed[0].message}` : ''}`;
    throw new SyntraceError('DATASET_INVALID', { path: set.path, detail });
  }
  return { shape: progress.shape, pictures: moments.coefficients.count, failed: progress.failed, ...moments };
}

async function loadProgress(file: string): Promise<Progress> {
  const text = await readFile(file, 'utf8').catch(() => null);
  try {
    return text === null ? { taken: 0, shape: null, failed: [], file: null } : (JSON.parse(text) as Progress);
  } catch (error) {
    throw SyntraceError.from(error, 'DATA_INVALID', { file });
  }
}

function oddSize(path: string, { shape }: Spectrum, progress: Progress): FailedPicture | null {
  progress.shape ??= shape;
  const [, height, width] = progress.shape;
  if (shape[1] === height && shape[2] === width) return null;
  return failedPicture(path, new SyntraceError('IMAGE_SIZE_DIFFERS', { uri: path, width: shape[2], height: shape[1], expected: `${width}×${height}` }));
}

interface Spectrum {
  readonly shape: [number, number, number];
  readonly coefficients: Float32Array | Float64Array;
  readonly logs: Float32Array | Float64Array;
  readonly profiles: Float32Array;
}

/** Rings of a profile: whole samples of radius along the shorter side. */
export const ringsOf = (height: number, width: number): number => Math.min(height, width);

const spectrumOf = (image: Image, kernels: Kernels, { colour, size, precision }: StatisticsOptions): Promise<Spectrum> =>
  withTensors(kernels, async keep => {
    const planes = await planesOf(kernels, image, colour ? 'rgb' : 'pillow-l', size, keep);
    const [, channels, height, width] = planes.shape as [number, number, number, number];
    const coefficients = keep(await kernels.dct2(await inPrecision(kernels, planes, precision, keep)));
    const logs = keep(await kernels.logAbs(coefficients, LOG_EPS));
    const values = await kernels.read(logs);
    const single = keep(kernels.tensor('f32', Float32Array.from(values), planes.shape));
    const profiles = keep(await kernels.radialMean(single, { origin: 'corner', bins: ringsOf(height, width) }));
    return { shape: [channels, height, width], coefficients: await kernels.read(coefficients), logs: values, profiles: await kernels.read(profiles) };
  });
