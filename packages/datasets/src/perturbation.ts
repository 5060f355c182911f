import { type Image, SyntraceError } from '@syntrace/core';
import { type DecodeOptions, decode, encodeJpeg, type NamedInput } from '@syntrace/image-io';

/** A change applied alike to every picture of a set. */
export interface Perturbation {
  /** As the user wrote it. */
  readonly name: string;
  /** The changed picture, encoded. */
  encode(image: Image): Promise<Uint8Array>;
}

/** Reads `jpeg:QUALITY` (4:2:0) or `jpeg:QUALITY:444`. @throws USAGE */
export function parsePerturbation(text: string): Perturbation {
  const match = /^jpeg:(\d{1,3})(?::(420|444))?$/.exec(text);
  const quality = Number(match?.[1]);
  if (!match || quality < 1 || quality > 100) throw new SyntraceError('USAGE', { detail: `unknown perturbation ${text}; known: jpeg:1…100, jpeg:1…100:444` });
  const subsampling = match[2] === '444' ? '4:4:4' : '4:2:0';
  return { name: text, encode: image => encodeJpeg(image, { quality, subsampling }) };
}

/** JPEG-encodes and decodes the samples. */
export async function recompress(image: Image, options: { readonly quality: number; readonly subsampling: '4:2:0' | '4:4:4' }): Promise<Image> {
  return decode({ uri: image.source.uri, data: await encodeJpeg(image, options) });
}

/** A picture file as a perturbed input: read, changed and encoded only when it is decoded, so that a failure is that picture's own. */
export const perturbedInput = (path: string, perturbation: Perturbation, options: DecodeOptions = {}): NamedInput => ({
  uri: path,
  data: (async function* () {
    yield await perturbation.encode(await decode(path, options));
  })(),
});
