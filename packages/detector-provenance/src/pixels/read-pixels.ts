import { type DecodeEmbedded, type Image, type Kernels, type Logger, SyntraceError } from '@syntrace/core';
import { compareThumbnail, type ThumbnailComparison } from '../thumbnail/compare.js';
import { embeddedThumbnail } from '../thumbnail/embedded.js';
import { readWatermark, type WatermarkReading } from '../watermark/find-watermark.js';

/** What looking at pixels needs. */
export interface PixelTools {
  readonly kernels: Kernels;
  /** Without it thumbnails are not compared. */
  readonly decodeEmbedded?: DecodeEmbedded;
  readonly logger?: Pick<Logger, 'warn'>;
}

/** What the decoded pixels add to what the file says. */
export interface PixelReading {
  /** The known message that the pixels carry most nearly; `null` for pictures that are too small or grey. */
  readonly watermark: WatermarkReading | null;
  /** The embedded thumbnail against the picture; `null` where there is none, or nothing can be told. */
  readonly thumbnail: ThumbnailComparison | null;
}

/** Looks for watermarks, and compares the thumbnail that `encoded` (the picture's own file) embeds. O(samples) */
export async function readPixels(image: Image, encoded: Uint8Array | null, tools: PixelTools): Promise<PixelReading> {
  return {
    watermark: await whereOffered('no watermark was looked for', tools, () => readWatermark(image, tools.kernels)),
    thumbnail: await readThumbnail(image, encoded, tools),
  };
}

/** The thumbnail of `readPixels` alone. */
export async function readThumbnail(image: Image, encoded: Uint8Array | null, tools: PixelTools): Promise<ThumbnailComparison | null> {
  const { kernels, decodeEmbedded } = tools;
  const bytes = encoded && decodeEmbedded ? embeddedThumbnail(encoded) : null;
  // A thumbnail that cannot be decoded is like none.
  const thumbnail = bytes && (await decodeEmbedded!(bytes).catch(nothingIfUnreadable));
  return thumbnail && whereOffered('the thumbnail was not compared', tools, () => compareThumbnail(image, thumbnail, kernels));
}

function nothingIfUnreadable(error: unknown): null {
  if (SyntraceError.is(error) && error.code.startsWith('IMAGE_')) return null;
  throw error;
}

/** A backend that somebody else built may lack an operation; what the file says is told without it. */
export async function whereOffered<T>(what: string, { logger }: Pick<PixelTools, 'logger'>, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!SyntraceError.is(error, 'KERNEL_VALUE')) throw error;
    logger?.warn(`${what}: ${error.message}`);
    return null;
  }
}
