import type { DecodeEmbedded, Explanation, Image, Judgement, Kernels } from '@syntrace/core';
import { drawPixels, findEarlierEncode, lastLumaTable, type Provenance, readPixels, signOfWatermark, withPixels } from '@syntrace/detector-provenance';
import type { DecodeOptions, EncodedFile, ImageInput } from '@syntrace/image-io';
import type { PixelFacts } from './inspection.js';

/** Pictures to an inspection. */
export interface Pictures {
  /** A small copy of the picture. */
  readonly preview: NonNullable<Judgement['thumbnail']>;
  /** Drawings of what the pixels say; none where they say nothing. */
  readonly evidence: readonly Explanation[];
}

export interface ExaminedPixels {
  readonly facts: PixelFacts;
  readonly provenance: Provenance;
  readonly pictures: Pictures | null;
}

interface Tools {
  readonly decode: (source: ImageInput, options?: DecodeOptions) => Promise<Image>;
  readonly decodeEmbedded: DecodeEmbedded;
  readonly kernels: Kernels;
  readonly options: DecodeOptions;
  readonly draw: boolean;
}

const PREVIEW_SIDE = 320;

/** Decodes a file and looks for what its pixels say of its past: watermark, earlier encode, thumbnail. O(samples) @throws the IMAGE_ errors */
export async function examinePixels(
  { bytes, uri }: EncodedFile,
  said: Provenance,
  { decode, decodeEmbedded, kernels, options, draw }: Tools,
): Promise<ExaminedPixels> {
  const image = await decode({ uri, data: bytes }, options);
  const reading = await readPixels(image, bytes, { kernels, decodeEmbedded });
  const lastTable = lastLumaTable(bytes);
  const earlierEncode = await findEarlierEncode(image, lastTable, kernels);
  const { watermark, thumbnail } = reading;
  const facts = {
    watermark: watermark && {
      message: watermark.message.id,
      generator: watermark.message.generator,
      right: watermark.right,
      bits: watermark.message.bits.length,
      deviations: watermark.deviations,
      found: signOfWatermark(watermark) !== null,
    },
    earlierEncode,
  };
  const pictures = draw
    ? { preview: await smallCopy(image, kernels), evidence: await drawPixels(image, { earlierEncode, lastTable, thumbnail }, kernels) }
    : null;
  return { facts, provenance: withPixels(said, reading), pictures };
}

async function smallCopy({ width, height, channels, data }: Image, kernels: Kernels): Promise<Pictures['preview']> {
  const whole = kernels.tensor('u8', data, [height, width, channels]);
  const small = await kernels.thumbnail(whole, PREVIEW_SIDE).finally(() => kernels.free(whole));
  const [h, w] = small.shape as [number, number, number];
  return { width: w, height: h, channels, data: await kernels.read(small).finally(() => kernels.free(small)) };
}
