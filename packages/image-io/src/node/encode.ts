import type { Image } from '@syntrace/core';
import sharp, { type Sharp } from 'sharp';

/** Samples to encode: interleaved, 8 bits, 1 (grey), 3 (RGB) or 4 (RGBA) channels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const raw = ({ width, height, data }: Picture): Sharp => sharp(data, { raw: { width, height, channels: (data.length / (width * height)) as 1 | 3 | 4 }, limitInputPixels: false });

/** Lossless PNG. */
export const encodePng = async (picture: Picture): Promise<Uint8Array> => raw(picture).png({ compressionLevel: 9 }).toBuffer();

/** Small lossy copy for reports. */
export const encodeThumbnail = async (picture: Picture): Promise<Uint8Array> => raw(picture).webp({ quality: 80 }).toBuffer();

/** Baseline JPEG by libjpeg-turbo with the IJG tables of the quality, e.g. for perturbations; the same bytes as Pillow's but for metadata. */
export const encodeJpeg = async (image: Pick<Image, 'width' | 'height' | 'data'>, options: { readonly quality: number; readonly subsampling: '4:2:0' | '4:4:4' }): Promise<Uint8Array> =>
  raw(image).jpeg({ quality: options.quality, chromaSubsampling: options.subsampling, optimiseCoding: false, mozjpeg: false }).toBuffer();
