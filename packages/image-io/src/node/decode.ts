import { type Image, messageOf, SyntraceError } from '@syntrace/core';
import sharp, { type Sharp } from 'sharp';
import type { FileFacts } from '../inspect/facts.js';
import { checkPixels, inspectImage } from '../inspect/inspect.js';
import { type DecodeOptions, DEFAULT_MAX_PIXELS, type ImageInput } from '../options.js';
import { assemble, type Samples } from '../shared/assemble.js';
import { cmykToRgb } from '../shared/cmyk.js';
import { readSource } from './read-source.js';

const CODECS = { jpeg: 'libjpeg-turbo', png: 'libspng', webp: 'libwebp', gif: 'libnsgif', tiff: 'libtiff', avif: 'libheif' } as const;
const TRUNCATED = /premature end|truncat|not enough data|unexpected end|EOF|read error|too short|out of data|end of stream|incomplete/i;

// Decodes of different pictures overlap; one picture needs no threads, and nothing is decoded twice.
sharp.cache(false);
sharp.concurrency(1);

/** Decodes one picture to the samples that the file stores.
 *  @throws the IMAGE_ errors, and nothing else */
export async function decode(input: ImageInput, options: DecodeOptions = {}): Promise<Image> {
  const file = await readSource(input, options);
  const facts = inspectImage(file.bytes, file.uri);
  checkPixels(facts, options.maxPixels ?? DEFAULT_MAX_PIXELS, file.uri);
  return assemble(await decodeSamples(file.bytes, facts, file.uri), facts, file, options.keepEncoded ?? false);
}

async function decodeSamples(bytes: Uint8Array, facts: FileFacts, uri: string): Promise<Samples> {
  try {
    const pipeline = sharp(bytes, { failOn: 'error', limitInputPixels: false, ignoreIcc: true, sequentialRead: true });
    const { data, info } = await withoutConversion(pipeline, facts).raw().toBuffer({ resolveWithObject: true });
    const samples = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const decoder = `${CODECS[facts.format]} (sharp ${sharp.versions.sharp})`;
    if (facts.stored.colour === 'cmyk') return { width: info.width, height: info.height, channels: 3, data: cmykToRgb(samples), decoder };
    return { width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3, data: samples, decoder };
  } catch (error) {
    const detail = messageOf(error);
    throw new SyntraceError(TRUNCATED.test(detail) ? 'IMAGE_TRUNCATED' : 'IMAGE_CORRUPT', { uri, detail }, error);
  }
}

/** Drops alpha without blending and keeps grey grey and CMYK CMYK; libvips would make sRGB of all. */
function withoutConversion(pipeline: Sharp, { stored, alpha }: FileFacts): Sharp {
  if (stored.colour === 'cmyk') return pipeline.pipelineColourspace('cmyk').toColourspace('cmyk');
  const opaque = alpha ? pipeline.removeAlpha() : pipeline;
  return stored.colour === 'grey' ? opaque.toColourspace('b-w') : opaque;
}
