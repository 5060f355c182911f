import type { Image } from '@syntrace/core';
import { checkPixels, inspectImage } from '../inspect/inspect.js';
import { checkWhole } from '../inspect/whole.js';
import { DEFAULT_MAX_PIXELS, type DecodeOptions, type ImageInput } from '../options.js';
import { assemble } from '../shared/assemble.js';
import { checkAborted } from '../source/check-aborted.js';
import { decodeSamples } from './decode-samples.js';
import { readSource } from './read-source.js';

/** Decodes one picture to the samples that the file stores. `decoder: 'fast'` is the same here: the platform's decoder is sharp.
 *  @throws the IMAGE_ errors and ABORTED, and nothing else */
export async function decode(input: ImageInput, options: DecodeOptions = {}): Promise<Image> {
  checkAborted(options.signal);
  const file = await readSource(input, options);
  checkAborted(options.signal);
  const facts = inspectImage(file.bytes, file.uri);
  checkPixels(facts, options.maxPixels ?? DEFAULT_MAX_PIXELS, file.uri);
  checkWhole(file.bytes, facts, file.uri);
  return assemble(await decodeSamples(file, facts), facts, file, options.keepEncoded ?? false);
}
