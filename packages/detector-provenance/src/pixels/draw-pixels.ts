import { type Explanation, type Image, type Kernels, type Tensor, withTensors } from '@syntrace/core';
import { drawEarlierEncode } from '../jpeg-history/draw.js';
import type { EarlierEncode } from '../jpeg-history/earlier-encode.js';
import type { ThumbnailComparison } from '../thumbnail/compare.js';
import { drawThumbnail } from '../thumbnail/draw.js';

/** What was found in the pixels and can be drawn. */
export interface Drawable {
  readonly earlierEncode: EarlierEncode | null;
  /** Luma table of the file's own encode in zig-zag order, `null` if it is no JPEG. */
  readonly lastTable: readonly number[] | null;
  readonly thumbnail: ThumbnailComparison | null;
}

/** A picture for each thing that was found. `planes`: luma that somebody else has computed already, [1, 1, h, w]; it stays theirs. */
export const drawPixels = (
  image: Image,
  { earlierEncode, lastTable, thumbnail }: Drawable,
  kernels: Kernels,
  planes?: () => Promise<Tensor<'f32'>>,
): Promise<readonly Explanation[]> =>
  withTensors(kernels, async keep => {
    const { width, height, channels, data } = image;
    const own = async () => keep(await kernels.colour(keep(kernels.tensor('u8', data, [1, height, width, channels])), 'bt601'));
    const luma = async () => keep(kernels.tensor('f32', await kernels.read(await (planes ?? own)()), [height, width]));
    return [
      ...(earlierEncode ? [await drawEarlierEncode(earlierEncode, lastTable, await luma(), kernels)] : []),
      ...(thumbnail ? [await drawThumbnail(thumbnail, kernels)] : []),
    ];
  });
