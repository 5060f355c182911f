import type { Image } from '@syntrace/core';
import type { Sharp } from 'sharp';
import type { Picture } from '../shared/picture.js';
import { openSharp } from './sharp.js';

/** Grey stays grey: without being told, sharp writes three channels. @throws IMAGE_DECODER_UNAVAILABLE */
async function raw({ width, height, data }: Picture): Promise<Sharp> {
  const channels = (data.length / (width * height)) as 1 | 3 | 4;
  const sharp = await openSharp('pictures to encode');
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false }).toColourspace(channels === 1 ? 'b-w' : 'srgb');
}

/** Lossless PNG, enlarged by a whole factor without smoothing. */
export const encodePng = async (picture: Picture, { enlarge = 1 }: { readonly enlarge?: number } = {}): Promise<Uint8Array> =>
  (await raw(picture))
    .resize(picture.width * enlarge, picture.height * enlarge, { kernel: 'nearest' })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** Small lossy copy for reports. */
export const encodeThumbnail = async (picture: Picture): Promise<Uint8Array> => (await raw(picture)).webp({ quality: 80 }).toBuffer();

/** Baseline JPEG by libjpeg-turbo with the IJG tables of the quality, e.g. for perturbations; the same bytes as Pillow's but for metadata. */
export const encodeJpeg = async (
  image: Pick<Image, 'width' | 'height' | 'data'>,
  options: { readonly quality: number; readonly subsampling: '4:2:0' | '4:4:4' },
): Promise<Uint8Array> =>
  (await raw(image)).jpeg({ quality: options.quality, chromaSubsampling: options.subsampling, optimiseCoding: false, mozjpeg: false }).toBuffer();

/** Lossy WebP by libwebp, 4:2:0. */
export const encodeWebp = async (image: Pick<Image, 'width' | 'height' | 'data'>, { quality }: { readonly quality: number }): Promise<Uint8Array> =>
  (await raw(image)).webp({ quality }).toBuffer();

/** Left and right exchanged. */
export const mirrored = async (picture: Picture): Promise<Picture> => ({
  ...picture,
  data: new Uint8Array(await (await raw(picture)).flop().raw().toBuffer()),
});
