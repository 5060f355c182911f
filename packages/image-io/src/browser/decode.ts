import type { Image, Warning } from '@syntrace/core';
import type { FileFacts } from '../inspect/facts.js';
import { checkPixels, inspectImage } from '../inspect/inspect.js';
import { checkWhole } from '../inspect/whole.js';
import { DEFAULT_MAX_PIXELS, type DecodeOptions, type ImageInput } from '../options.js';
import { assemble, type Samples } from '../shared/assemble.js';
import { checkAborted } from '../source/check-aborted.js';
import { decodeExact } from './decode-exact.js';
import { readSource } from './read-source.js';

/** Decodes one picture to the samples that the file stores.
 *  @throws the IMAGE_ errors and ABORTED, and nothing else */
export async function decode(input: ImageInput, options: DecodeOptions = {}): Promise<Image> {
  checkAborted(options.signal);
  const file = await readSource(input, options);
  checkAborted(options.signal);
  const facts = inspectImage(file.bytes, file.uri);
  checkPixels(facts, options.maxPixels ?? DEFAULT_MAX_PIXELS, file.uri);
  checkWhole(file.bytes, facts, file.uri);
  const exactly = () => decodeExact(file.bytes, facts, file.uri, options.codecs);
  const { samples, warnings } = options.decoder === 'fast' ? await fastOrExact(file.bytes, facts, exactly) : { samples: await exactly(), warnings: [] };
  const image = assemble(samples, facts, file, options.keepEncoded ?? false);
  return { ...image, warnings: [...image.warnings, ...warnings] };
}

/** `fast` is a wish: where the platform cannot give stored samples, the exact decoder does, and the result says so. */
async function fastOrExact(bytes: Uint8Array, facts: FileFacts, exactly: () => Promise<Samples>): Promise<{ samples: Samples; warnings: Warning[] }> {
  const { decodeFast, whyNotFast } = await import('./decode-fast.js');
  const reason = await whyNotFast(facts);
  const samples = reason === undefined ? await decodeFast(bytes as Uint8Array<ArrayBuffer>, facts) : undefined;
  if (samples) return { samples, warnings: [] };
  const message = `the exact decoder was used: ${reason ?? 'the browser refuses this picture'}`;
  return { samples: await exactly(), warnings: [{ code: 'IMAGE_DECODED_EXACTLY', message }] };
}
