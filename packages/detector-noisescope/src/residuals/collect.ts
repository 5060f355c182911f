import type { Image, Kernels, Warning } from '@syntrace/core';
import { extractResiduals } from '../numerics/extract-residuals.js';
import { LEAST_SIDE, type Residuals, residualsOf } from './residuals.js';
import { type ResidualStore, residualKey } from './store.js';

/** A collection's residuals, and where its pictures went. */
export interface Collected {
  readonly residuals: Residuals;
  /** For each picture: its number among the residuals, or why it has none. */
  readonly places: readonly (number | Warning)[];
  readonly names: readonly string[];
}

export interface CollectOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly store?: ResidualStore | undefined;
  readonly onPicture?: (image: Image, index: number) => void | Promise<void>;
}

/** Pictures whose residuals are computed in one call. */
const BATCH = 8;

/** Takes the residuals of pictures as they stream by; only residuals stay in memory. Pictures of another size than the first (or than `size`) get none.
 *  @throws RESIDUAL_INVALID when no picture has a residual */
export async function collectResiduals(
  images: AsyncIterable<Image> | Iterable<Image>,
  kernels: Kernels,
  { size, store, onPicture }: CollectOptions,
): Promise<Collected> {
  const maps: Float32Array[] = [];
  const places: (number | Warning)[] = [];
  const names: string[] = [];
  let sides = size;
  let waiting: { readonly image: Image; readonly at: number; readonly key: string | undefined }[] = [];
  const flush = async () => {
    const found = await extractResiduals(
      kernels,
      waiting.map(({ image }) => image),
    );
    for (const [i, { image, at, key }] of waiting.entries()) {
      maps[at] = found[i]!;
      if (key) await store?.put(key, found[i]!, image.height, image.width);
    }
    waiting = [];
  };
  for await (const image of images) {
    await onPicture?.(image, places.length);
    sides ??= image;
    const problem = sizeProblem(image, sides);
    if (problem) {
      places.push(problem);
      continue;
    }
    const at = names.length;
    places.push(at);
    names.push(image.source.uri);
    const key = store && (await residualKey(image));
    const known = key ? await store?.get(key) : undefined;
    if (known?.length === image.width * image.height) maps[at] = known;
    else waiting.push({ image, at, key });
    if (waiting.length >= BATCH || waiting.some(({ image: other }) => other.channels !== image.channels)) await flush();
  }
  await flush();
  return { residuals: residualsOf(sides?.height ?? 0, sides?.width ?? 0, maps, names), places, names };
}

function sizeProblem({ width, height }: Image, sides: { readonly width: number; readonly height: number }): Warning | null {
  if (Math.min(width, height) < LEAST_SIDE) return { code: 'NOISESCOPE_SMALL', message: `${width}×${height} is below ${LEAST_SIDE} samples a side` };
  if (width === sides.width && height === sides.height) return null;
  return {
    code: 'NOISESCOPE_SIZE',
    message: `${width}×${height}, the collection is ${sides.width}×${sides.height}: fingerprints are compared sample by sample, so all pictures need one size`,
  };
}
