import { bytesOf, type Picture, toRgba } from '../shared/picture.js';

/** Lossless PNG (RGBA). */
export async function encodePng(picture: Picture): Promise<Uint8Array> {
  const { encodeRgba } = await import('./codec-png.js');
  return encodeRgba(bytesOf(toRgba(picture)), picture.width, picture.height);
}

/** Small lossy copy for reports, by the browser's encoder: WebP, or PNG where it writes no WebP. */
export async function encodeThumbnail(picture: Picture): Promise<Uint8Array> {
  const { width, height } = picture;
  const canvas = globalThis.OffscreenCanvas && new OffscreenCanvas(width, height);
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return encodePng(picture);
  context.putImageData(new ImageData(toRgba(picture), width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  return new Uint8Array(await blob.arrayBuffer());
}
