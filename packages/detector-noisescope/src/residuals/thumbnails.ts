import type { Image, Kernels } from '@syntrace/core';

/** A small copy for display: interleaved samples. */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/** Longer side of small copies. */
export const THUMBNAIL_SIDE = 64;

export async function thumbnailOf({ width, height, channels, data }: Image, kernels: Kernels): Promise<Thumbnail> {
  const full = kernels.tensor('u8', data, [height, width, channels]);
  const small = await kernels.thumbnail(full, THUMBNAIL_SIDE).finally(() => kernels.free(full));
  const [h, w] = small.shape as readonly [number, number];
  return { width: w, height: h, channels, data: await kernels.read(small).finally(() => kernels.free(small)) };
}
