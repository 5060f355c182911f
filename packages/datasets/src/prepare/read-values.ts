import { type Image, SyntraceError } from '@syntrace/core';
import type { DecodeOptions } from '@syntrace/image-io';
import { type FailedPicture, failedPicture } from '../run/failure.js';
import { mapAhead } from '../run/map-ahead.js';
import { readPicture } from '../run/read-picture.js';
import type { ClassedPicture } from './plan.js';
import type { PrepareProgress } from './progress.js';
import type { Values } from './transform.js';

/** A picture's values, or why there are none. */
export type Read =
  | { readonly picture: ClassedPicture; readonly values: Values; readonly hash: string }
  | { readonly picture: ClassedPicture; readonly failure: FailedPicture };

export interface ReadOptions {
  readonly concurrency: number;
  readonly limits: DecodeOptions;
  readonly signal?: AbortSignal;
  /** Values that need no decoding, by the index among all pictures of the split. */
  readonly known?: (index: number) => Promise<{ readonly values: Values; readonly hash: string } | null>;
}

/** Reads and transforms the pictures of a split from one on, several at one time, in their order. The first that can be read sets the size; one of another size fails. */
export async function* readValues(
  pictures: readonly ClassedPicture[],
  from: number,
  transform: (image: Image) => Promise<Values>,
  progress: PrepareProgress,
  { concurrency, limits, signal, known }: ReadOptions,
): AsyncGenerator<Read> {
  const read = async (picture: ClassedPicture, i: number): Promise<Read> => {
    try {
      const kept = await known?.(from + i);
      if (kept) return { picture, ...kept };
      const { image, hash } = await readPicture(picture.path, { ...limits, ...(signal && { signal }) });
      return { picture, values: await transform(image), hash };
    } catch (error) {
      return { picture, failure: failedPicture(picture.path, error) };
    }
  };
  for await (const result of mapAhead(pictures.slice(from), concurrency, read, signal)) yield 'values' in result ? checked(result, progress) : result;
}

function checked(result: Extract<Read, { values: Values }>, progress: PrepareProgress): Read {
  const { shape, data } = result.values;
  if (!progress.shape) Object.assign(progress, { shape, bytesPerPicture: data.byteLength });
  const [height, width] = progress.shape!;
  if (shape[0] === height && shape[1] === width) return result;
  const { path } = result.picture;
  const error = new SyntraceError('IMAGE_SIZE_DIFFERS', { uri: path, width: shape[1], height: shape[0], expected: `${width}×${height}` });
  return { picture: result.picture, failure: failedPicture(path, error) };
}
