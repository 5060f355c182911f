import type { DecodeEmbedded, Explanation, Image, Run } from '@syntrace/core';
import { findEarlierEncode, lastLumaTable } from './jpeg-history/earlier-encode.js';
import { drawPixels } from './pixels/draw-pixels.js';
import { readThumbnail, whereOffered } from './pixels/read-pixels.js';

/** Draws an earlier JPEG encode, where its quantisation still shows, and where the embedded thumbnail differs; nothing for pictures without either. */
export const explainer =
  (decodeEmbedded: DecodeEmbedded | undefined) =>
  async (image: Image, run: Run): Promise<readonly Explanation[]> => {
    const { kernels, logger } = run;
    const { encoded } = image.source;
    const tools = { kernels, logger, ...(decodeEmbedded && { decodeEmbedded }) };
    const lastTable = lastLumaTable(encoded);
    const earlierEncode = await whereOffered('no earlier encode was looked for', tools, () => findEarlierEncode(image, lastTable, kernels));
    const thumbnail = await readThumbnail(image, encoded, tools);
    return drawPixels(image, { earlierEncode, lastTable, thumbnail }, kernels, async () => (await run.intermediate('planes', [image], { space: 'bt601' }))[0]!);
  };
