import { type Image, type Kernels, SyntraceError, type Warning } from '@syntrace/core';
import { extractResiduals } from '../numerics/extract-residuals.js';
import { LEAST_SIDE, type Residuals, residualsBy } from './residuals.js';
import { type ResidualStore, residualKey } from './store.js';
import { type Thumbnail, thumbnailOf } from './thumbnails.js';

/** A collection's residuals, and where its pictures went. */
export interface Collected {
  readonly residuals: Residuals;
  /** For each picture: its number among the residuals, or why it has none. */
  readonly places: readonly (number | Warning)[];
  readonly names: readonly string[];
  /** Small copies of the first pictures that have residuals; empty unless asked for. */
  readonly thumbnails: readonly Thumbnail[];
}

export interface CollectOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly store?: ResidualStore | undefined;
  /** Bytes of residuals that stay in memory where a store has them all (default: 1 GiB); without a store all stay. */
  readonly memory?: number | undefined;
  /** Keep small copies of so many pictures, for the evidence (default: 0). */
  readonly thumbnails?: number;
  readonly onPicture?: (image: Image, index: number) => void | Promise<void>;
}

/** Pictures whose residuals are computed in one call. */
const BATCH = 8;
const MEMORY = 1 << 30;

/** Takes the residuals of pictures as they stream by; only residuals stay, in memory or in the store. Pictures of another size than the first (or than `size`)
 *  get none. @throws RESIDUAL_INVALID when no picture has a residual */
export async function collectResiduals(
  images: AsyncIterable<Image> | Iterable<Image>,
  kernels: Kernels,
  { size, store, memory = MEMORY, thumbnails: wanted = 0, onPicture }: CollectOptions,
): Promise<Collected> {
  const kept = keeper(store, memory);
  const places: (number | Warning)[] = [];
  const names: string[] = [];
  const thumbnails: Thumbnail[] = [];
  let sides = size;
  let waiting: { readonly image: Image; readonly at: number; readonly key: string | undefined }[] = [];
  const flush = async () => {
    const found = await extractResiduals(
      kernels,
      waiting.map(({ image }) => image),
    );
    for (const [i, { image, at, key }] of waiting.entries()) {
      if (key) await store?.put(key, found[i]!, image.height, image.width);
      kept.keep(at, found[i]!, key);
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
    if (at < wanted) thumbnails.push(await thumbnailOf(image, kernels));
    const key = store && (await residualKey(image));
    const known = key ? await store?.get(key) : undefined;
    if (known?.length === image.width * image.height) kept.keep(at, known, key);
    else waiting.push({ image, at, key });
    if (waiting.length >= BATCH || waiting.some(({ image: other }) => other.channels !== image.channels)) await flush();
  }
  await flush();
  const residuals = residualsBy(sides?.height ?? 0, sides?.width ?? 0, names.length, index => kept.fetch(index, names[index]!));
  return { residuals, places, names, thumbnails };
}

/** Residuals by number: in memory as long as they fit, else by their key in the store. */
function keeper(store: ResidualStore | undefined, memory: number) {
  const held = new Map<number, Float32Array>();
  const keys = new Map<number, string>();
  let bytes = 0;
  return {
    keep(at: number, residual: Float32Array, key: string | undefined): void {
      if (key !== undefined && bytes + residual.byteLength > memory) keys.set(at, key);
      else {
        held.set(at, residual);
        bytes += residual.byteLength;
      }
    },
    async fetch(at: number, uri: string): Promise<Float32Array> {
      const residual = held.get(at) ?? (await store?.get(keys.get(at)!));
      if (!residual) throw new SyntraceError('RESIDUAL_INVALID', { uri, detail: 'it was removed from the cache while the run went on' });
      return residual;
    },
  };
}

function sizeProblem({ width, height }: Image, sides: { readonly width: number; readonly height: number }): Warning | null {
  if (Math.min(width, height) < LEAST_SIDE) return { code: 'NOISESCOPE_SMALL', message: `${width}×${height} is below ${LEAST_SIDE} samples a side` };
  if (width === sides.width && height === sides.height) return null;
  return {
    code: 'NOISESCOPE_SIZE',
    message: `${width}×${height}, the collection is ${sides.width}×${sides.height}: fingerprints are compared sample by sample, so all pictures need one size`,
  };
}
