import type { Image } from '../contract/image.js';
import { DecodeAhead, type DecodeLimits } from './decode-ahead.js';
import type { Host } from './host.js';
import type { Failure, RunEvent } from './outcome.js';

/** Decoded images of a collection in order; where each came from goes to `kept`, what could not be decoded to `failures`. */
export async function* decodeAll<Source>(
  sources: AsyncIterable<Source> | Iterable<Source>,
  host: Host<Source>,
  limits: DecodeLimits,
  signal: AbortSignal,
  emit: (event: RunEvent) => void,
  kept: { index: number; uri: string }[],
  failures: Failure[],
): AsyncGenerator<Image> {
  const decoder = new DecodeAhead(sources, host, limits, signal, emit);
  try {
    for (let batch = await decoder.next(1); batch.length > 0; batch = await decoder.next(1)) {
      const item = batch[0]!;
      if ('error' in item) failures.push(item);
      else {
        kept.push({ index: item.index, uri: item.uri });
        yield item.image;
      }
    }
  } finally {
    await decoder.close();
  }
}
