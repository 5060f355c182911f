import { SyntraceError } from '@syntrace/core';
import { bytesOf, type Picture, toRgba } from '../shared/picture.js';

/** Lossless PNG (RGBA). */
export async function encodePng(picture: Picture): Promise<Uint8Array> {
  const { encodeRgba } = await import('./codec-png.js');
  return encodeRgba(bytesOf(toRgba(picture)), picture.width, picture.height);
}

/** Small lossy copy for reports, by the browser's encoder: WebP, or PNG where it writes no WebP. */
export async function encodeThumbnail(picture: Picture): Promise<Uint8Array> {
  const canvas = drawn(picture);
  return canvas ? encoded(canvas, 'image/webp', 0.8) : encodePng(picture);
}

/** Baseline JPEG by the browser's encoder, for perturbations; Chromium's is libjpeg-turbo as in Node, and its samples are the same (tested). Chroma is halved
 *  on both axes; at quality 100 browsers keep it whole. Grey pictures are written in colour.
 *  @throws IMAGE_FORMAT_UNSUPPORTED for 4:4:4, and where there is no canvas outside pages */
export async function encodeJpeg(
  picture: Picture,
  { quality, subsampling }: { readonly quality: number; readonly subsampling: '4:2:0' | '4:4:4' },
): Promise<Uint8Array> {
  const canvas = drawn(picture);
  if (subsampling === '4:4:4' || !canvas)
    throw new SyntraceError('IMAGE_FORMAT_UNSUPPORTED', {
      uri: 'a picture to encode',
      format: `JPEG ${subsampling}`,
      platform: 'this browser',
      remedy: 'Encode it in Node, or with 4:2:0 in a browser that has OffscreenCanvas.',
    });
  return encoded(canvas, 'image/jpeg', quality / 100);
}

function drawn(picture: Picture): OffscreenCanvas | undefined {
  const { width, height } = picture;
  const canvas = globalThis.OffscreenCanvas && new OffscreenCanvas(width, height);
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return undefined;
  context.putImageData(new ImageData(toRgba(picture), width, height), 0, 0);
  return canvas;
}

async function encoded(canvas: OffscreenCanvas, type: string, quality: number): Promise<Uint8Array> {
  const blob = await canvas.convertToBlob({ type, quality });
  return new Uint8Array(await blob.arrayBuffer());
}
