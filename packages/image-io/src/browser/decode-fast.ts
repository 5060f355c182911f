import type { FileFacts } from '../inspect/facts.js';
import { type Samples, samplesOf } from '../shared/assemble.js';
import { bytesOf } from '../shared/picture.js';
import { canvasIsHonest, readBack, STORED } from './canvas-honesty.js';

const TYPES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', avif: 'image/avif', tiff: 'image/tiff' } as const;

/** Why the platform's decoder cannot give the stored samples of this picture, or undefined when it can. */
export async function whyNotFast({ stored, alpha, orientation }: FileFacts): Promise<string | undefined> {
  if (!(await canvasIsHonest())) return 'this browser’s canvas does not give back the samples that were drawn';
  if (alpha) return 'a canvas loses colours under transparency';
  if (orientation !== 1) return 'browsers apply the EXIF orientation';
  if (stored.bitDepth > 8) return 'it has more than 8 bits a sample';
  return stored.colour === 'cmyk' ? 'browsers manage CMYK colours' : undefined;
}

/** The platform's decoder; undefined when it refuses the picture. Its samples may differ from the exact ones by a few levels. */
export async function decodeFast(bytes: Uint8Array<ArrayBuffer>, facts: FileFacts): Promise<Samples | undefined> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: TYPES[facts.format] }), STORED).catch(() => undefined);
  if (!bitmap) return undefined;
  try {
    const { width, height } = bitmap;
    const rgba = width === facts.width && height === facts.height ? readBack(bitmap) : undefined;
    return rgba && samplesOf({ width, height, data: bytesOf(rgba) }, facts, 'browser (createImageBitmap)');
  } finally {
    bitmap.close();
  }
}
