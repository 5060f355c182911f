import type { Image } from '@syntrace/core';
import { type DecodeOptions, decode, type ImageInput, nameOf } from '@syntrace/image-io';

/** What is judged: an encoded picture, or one that `decode` of `@syntrace/image-io` gave before. A detector that reads the file's bytes finds them only on
 *  pictures that were decoded with `keepEncoded`. */
export type Input = ImageInput | Image;

const isDecoded = (input: Input): input is Image => typeof input === 'object' && 'channels' in input && 'source' in input;

/** Decodes what is not decoded yet. @throws the IMAGE_ errors and ABORTED */
export const decodeInput = async (input: Input, options: DecodeOptions): Promise<Image> => (isDecoded(input) ? input : decode(input, options));

export const nameOfInput = (input: Input): string => (isDecoded(input) ? input.source.uri : nameOf(input));
