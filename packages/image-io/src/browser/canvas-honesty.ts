/** 8×8 RGB, sample i is (37·i + 11) mod 256: made by `Image.frombytes('RGB', (8, 8), …).save(optimize=True)`. */
const KNOWN_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAA00lEQVR42gHIADf/AAswVXqfxOkOM1h9osfsETZbgKXK7xQ5XgCDqM3yFzxhhqvQ9Ro/ZImu0/gdQmeMsdYA+yBFao+02f4jSG2St9wBJktwlbrfBClOAHOYveIHLFF2m8DlCi9UeZ7D6A0yV3yhxgDrEDVaf6TJ7hM4XYKnzPEWO2CFqs/0GT4AY4it0vccQWaLsNX6H0RpjrPY/SJHbJG2ANsAJUpvlLneAyhNcpe84QYrUHWav+QJLgBTeJ3C5wwxVnugxeoPNFl+o8jtEjdcgaYJQ15huNANfwAAAABJRU5ErkJggg==';

/** Reads a bitmap's samples back through a canvas. @returns undefined where there is no OffscreenCanvas */
export function readBack(bitmap: ImageBitmap): Uint8ClampedArray | undefined {
  const context = globalThis.OffscreenCanvas && new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0);
  return context?.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

/** As stored: no colour management, no multiplied alpha. */
export const STORED: ImageBitmapOptions = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' };

let honest: Promise<boolean> | undefined;

/** Whether this browser's canvas gives back exactly what was drawn; privacy settings add noise, some browsers manage colours. Asked once. */
export function canvasIsHonest(): Promise<boolean> {
  honest ??= checkCanvas().catch(() => false);
  return honest;
}

/** Draws a known picture and reads it back. */
export async function checkCanvas(): Promise<boolean> {
  const file = Uint8Array.from(atob(KNOWN_PNG), letter => letter.charCodeAt(0));
  const samples = readBack(await createImageBitmap(new Blob([file], { type: 'image/png' }), STORED));
  return samples?.length === 256 && samples.every((value, i) => value === (i % 4 === 3 ? 255 : (37 * (3 * (i >> 2) + (i % 4)) + 11) & 255));
}
