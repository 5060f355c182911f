import type { Image, Kernels, Tensor } from '@syntrace/core';
import { scanFile } from '../file/scan.js';
import { candidateTables, QUALITIES } from './tables.js';

/** An earlier JPEG encode whose quantisation still shows. */
export interface EarlierEncode {
  /** Of the IJG's scale, to about 2. */
  readonly quality: number;
  /** Where its grid starts in this picture, 0…7: the picture was cropped by a multiple of 8 less this. */
  readonly x: number;
  readonly y: number;
  /** Mean of 12·d² at that place and quality; 1 for a picture without such a past. */
  readonly fit: number;
}

/** Samples of a side that are looked at, from the middle. */
const WINDOW = 512;
/** Fits below these are told. On the grid of the last encode the lattice of that encode itself lies near others'. */
const TOLD = { ownGrid: 0.7, otherGrid: 0.85 };
/** And only those that are so much better than the same table's on every other grid: drawings and screenshots may lie near its multiples on all of them.
 *  The false alarms and hits of these limits are in docs/provenance.md. */
const ALONE = 0.9;
/** Coefficients that a fit must rest on. */
const LEAST_COEFFICIENTS = 400;

/** Luma table of a file's own encode in zig-zag order; `null` if it is no JPEG. */
export const lastLumaTable = (encoded: Uint8Array | null): readonly number[] | null => (encoded ? (scanFile(encoded).tables.get(0) ?? null) : null);

/** Looks for an earlier quantisation on all 64 grids. `last`: the luma table of the file's own encode in zig-zag order, `null` if it is no JPEG. O(samples of the window) */
export async function findEarlierEncode(image: Image, last: readonly number[] | null, kernels: Kernels): Promise<EarlierEncode | null> {
  const luma = await lumaWindow(image, kernels);
  if (!luma) return null;
  const tables = kernels.tensor('f32', candidateTables(last), [QUALITIES.length, 64]);
  try {
    const fits = await kernels.gridFit(luma, tables);
    const values = await kernels.read(fits).finally(() => kernels.free(fits));
    return bestOf(values, last !== null, (Math.floor(luma.shape[0]! / 8) - 1) * (Math.floor(luma.shape[1]! / 8) - 1));
  } finally {
    kernels.free(luma, tables);
  }
}

function bestOf(values: Float32Array, isJpeg: boolean, blocks: number): EarlierEncode | null {
  let best: EarlierEncode | null = null;
  for (const [k, quality] of QUALITIES.entries()) {
    const at = (place: number) => 2 * (place * QUALITIES.length + k);
    const places = Array.from({ length: 64 }, (_, place) => place).sort((a, b) => values[at(a)]! - values[at(b)]!);
    const [first, second] = [places[0]!, places[1]!];
    const fit = values[at(first)]!;
    const told = fit < (isJpeg && first === 0 ? TOLD.ownGrid : TOLD.otherGrid) && fit < ALONE * values[at(second)]!;
    const rests = values[at(first) + 1]! * blocks >= LEAST_COEFFICIENTS;
    if (told && rests && fit < (best?.fit ?? 1)) best = { quality, x: first % 8, y: Math.floor(first / 8), fit };
  }
  return best;
}

/** The middle of the picture at a corner that lies on the file's own grid: [h, w] of luma. */
async function lumaWindow({ width, height, channels, data }: Image, kernels: Kernels): Promise<Tensor<'f32'> | null> {
  const [w, h] = [Math.min(width, WINDOW), Math.min(height, WINDOW)];
  if (w < 64 || h < 64) return null;
  const corner = (side: number, window: number) => 8 * Math.floor((side - window) / 16);
  const whole = kernels.tensor('u8', data, [1, height, width, channels]);
  const cut = await kernels.crop(whole, [{ x: corner(width, w), y: corner(height, h), width: w, height: h }]).finally(() => kernels.free(whole));
  const planes = await kernels.colour(cut, 'bt601').finally(() => kernels.free(cut));
  const plane = await kernels.read(planes).finally(() => kernels.free(planes));
  return kernels.tensor('f32', plane, [h, w]);
}
