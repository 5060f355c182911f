import type { Picture } from '../shared/picture.js';
import { toRgba } from '../shared/raster.js';

/** Lossless PNG (RGBA). */
export async function encodePng({ width, height, data }: Picture): Promise<Uint8Array> {
  const { encodeRgba } = await import('./codec-png.js');
  return encodeRgba(new Uint8Array(toRgba(data, width * height).buffer), width, height);
}

/** Small lossy copy for reports, by the browser's encoder: WebP, or PNG where it writes no WebP. */
export async function encodeThumbnail(picture: Picture): Promise<Uint8Array> {
  const { width, height, data } = picture;
  const canvas = globalThis.OffscreenCanvas && new OffscreenCanvas(width, height);
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return encodePng(picture);
  context.putImageData(new ImageData(toRgba(data, width * height), width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  return new Uint8Array(await blob.arrayBuffer());
}
