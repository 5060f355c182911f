import { type Image, type KeepTensor, type Kernels, type Tensor, type Window, withTensors } from '@syntrace/core';
import { contentWindow } from './shape.js';

/** How an embedded thumbnail agrees with the picture that carries it. */
export interface ThumbnailMatch {
  /** Correlation of luma at the thumbnail's size, −1…1. */
  readonly correlation: number;
  /** Root mean square difference in the part of the picture where it is largest, of 4 × 3 parts, in standard deviations of luma. */
  readonly worstPart: number;
  /** `differs`: it shows another picture, or this one before it was changed in part. `unclear`: neither can be told. */
  readonly verdict: 'fits' | 'differs' | 'unclear';
}

/** A match with what can be drawn of it. */
export interface ThumbnailComparison {
  readonly match: ThumbnailMatch;
  readonly width: number;
  readonly height: number;
  /** Picture minus thumbnail, each with mean 0 and deviation 1: [height · width]. */
  readonly differences: Float32Array;
}

/** Limits of the verdicts; how often they are wrong is in docs/provenance.md. */
const FITS = { correlation: 0.95, worstPart: 0.5 };
const DIFFERS = { correlation: 0.8, worstPart: 1 };
/** Smaller thumbnails, and pictures without contrast (levels), are not compared. */
const LEAST_SIDE = 24;
const LEAST_DEVIATION = 4;
const [COLUMNS, ROWS] = [4, 3];

/** Compares luma of a thumbnail with the picture reduced to its size, whatever was done to brightness and contrast. `null` where that says nothing:
 *  tiny or flat pictures, or another shape. O(samples) */
export async function compareThumbnail(image: Image, thumbnail: Image, kernels: Kernels): Promise<ThumbnailComparison | null> {
  const window = contentWindow(thumbnail, image);
  if (!window || Math.min(window.width, window.height) < LEAST_SIDE) return null;
  return withTensors(kernels, async keep => {
    const [a, b] = [
      await standard(await reduced(image, window, kernels, keep), kernels),
      await standard(await shown(thumbnail, window, kernels, keep), kernels),
    ];
    if (!a || !b) return null;
    const { width, height } = window;
    const joined = keep(
      await kernels.concat([keep(kernels.tensor('f32', a.values, [a.values.length, 1])), keep(kernels.tensor('f32', b.values, [b.values.length, 1]))]),
    );
    const weights = keep(kernels.tensor('f32', Float32Array.of(1 / a.deviation, -1 / b.deviation), [1, 2]));
    const bias = keep(kernels.tensor('f32', Float32Array.of(b.mean / b.deviation - a.mean / a.deviation), [1]));
    const differences = await kernels.read(keep(await kernels.linear(joined, weights, bias)));
    const correlation = 1 - (await meanSquares(differences, [[0, 0, width, height]], width, height, kernels, keep))[0]! / 2;
    const worstPart = Math.sqrt(Math.max(...(await meanSquares(differences, partsOf(width, height), width, height, kernels, keep))));
    return { match: { correlation, worstPart, verdict: verdictOf(correlation, worstPart) }, width, height, differences };
  });
}

function verdictOf(correlation: number, worstPart: number): ThumbnailMatch['verdict'] {
  if (correlation < DIFFERS.correlation || worstPart > DIFFERS.worstPart) return 'differs';
  return correlation >= FITS.correlation && worstPart <= FITS.worstPart ? 'fits' : 'unclear';
}

type Part = readonly [x: number, y: number, width: number, height: number];

/** Parts of one size; what is left over on the right and below belongs to none. */
function partsOf(width: number, height: number): readonly Part[] {
  const [w, h] = [Math.floor(width / COLUMNS), Math.floor(height / ROWS)];
  return Array.from({ length: COLUMNS * ROWS }, (_, i) => [(i % COLUMNS) * w, Math.floor(i / COLUMNS) * h, w, h]);
}

async function meanSquares(plane: Float32Array, parts: readonly Part[], width: number, height: number, kernels: Kernels, keep: KeepTensor): Promise<number[]> {
  const [, , w, h] = parts[0]!;
  const whole = keep(kernels.tensor('f32', plane, [1, 1, height, width]));
  const cut = keep(
    await kernels.crop(
      whole,
      parts.map(([x, y]) => ({ x, y, width: w, height: h })),
    ),
  );
  // Parts become columns, of which the moments are taken.
  const planes = keep(kernels.tensor('f32', await kernels.read(cut), [1, parts.length, h, w]));
  const rows = await kernels.read(keep(await kernels.interleave(planes)));
  const { count, mean, m2 } = await kernels.moments(null, keep(kernels.tensor('f32', rows, [w * h, parts.length])));
  return parts.map((_, i) => m2[i]! / count + mean[i]! ** 2);
}

interface Luma {
  readonly values: Float32Array;
  readonly mean: number;
  readonly deviation: number;
}

async function standard(plane: Tensor<'f32'>, kernels: Kernels): Promise<Luma | null> {
  const values = await kernels.read(plane);
  const column = kernels.tensor('f32', values, [values.length, 1]);
  const { count, mean, m2 } = await kernels.moments(null, column).finally(() => kernels.free(column));
  const deviation = Math.sqrt(m2[0]! / count);
  return deviation < LEAST_DEVIATION ? null : { values, mean: mean[0]!, deviation };
}

/** The picture at the size of its thumbnail: area average, then the last fraction of a sample linearly. */
async function reduced({ width, height, channels, data }: Image, to: Window, kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const small = keep(await kernels.thumbnail(keep(kernels.tensor('u8', data, [height, width, channels])), Math.max(to.width, to.height)));
  const batch = keep(kernels.tensor('u8', await kernels.read(small), [1, ...small.shape]));
  const sized = keep(await kernels.resize(batch, { width: to.width, height: to.height, resampling: 'linear-antialiased' }));
  return keep(await kernels.colour(sized, 'bt601'));
}

async function shown({ width, height, channels, data }: Image, window: Window, kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const cut = keep(await kernels.crop(keep(kernels.tensor('u8', data, [1, height, width, channels])), [window]));
  return keep(await kernels.colour(cut, 'bt601'));
}
