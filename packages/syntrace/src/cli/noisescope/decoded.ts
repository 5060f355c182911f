import { type Image, SyntraceError } from '@syntrace/core';
import { type DecodeOptions, decode, type ImageInput, nameOf } from '@syntrace/image-io';

export interface Refused {
  readonly path: string;
  readonly error: SyntraceError;
}

/** Pictures decoded ahead of whoever takes them, in order; what cannot be decoded goes to `refused`. */
export async function* decoded(
  sources: readonly ImageInput[],
  options: DecodeOptions & { readonly ahead: number },
  refused: Refused[],
): AsyncGenerator<{ readonly image: Image; readonly index: number }> {
  const begin = (index: number) => decode(sources[index]!, options).then(image => ({ image, index }), refusal(sources[index]!));
  const queue: ReturnType<typeof begin>[] = [];
  let next = 0;
  while (next < sources.length || queue.length > 0) {
    while (queue.length <= options.ahead && next < sources.length) queue.push(begin(next++));
    const made = await queue.shift()!;
    options.signal?.throwIfAborted();
    if ('image' in made) yield made;
    else refused.push(made);
  }
}

const refusal =
  (source: ImageInput) =>
  (error: unknown): Refused => ({ path: nameOf(source), error: SyntraceError.from(error, 'IMAGE_CORRUPT', { uri: nameOf(source) }) });
