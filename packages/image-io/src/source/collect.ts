import { SyntraceError } from '@syntrace/core';

/** Joins a stream's chunks. @throws IMAGE_TOO_LARGE as soon as the limit is passed, IMAGE_UNREADABLE when the stream fails */
export async function collect(stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>, uri: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of chunksOf(stream)) {
      if (!(chunk instanceof Uint8Array)) throw new SyntraceError('IMAGE_UNREADABLE', { uri, detail: 'the stream gives text, not bytes' });
      length += chunk.length;
      checkBytes(length, uri, maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri });
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** @throws IMAGE_TOO_LARGE */
export function checkBytes(length: number, uri: string, maxBytes: number): void {
  if (length > maxBytes) throw new SyntraceError('IMAGE_TOO_LARGE', { uri, detail: `more than ${maxBytes} bytes` });
}

const isWebStream = (stream: object): stream is ReadableStream<Uint8Array> => 'getReader' in stream;

/** Safari has no async iteration over web streams. */
async function* chunksOf(stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (!isWebStream(stream)) {
    yield* stream;
    return;
  }
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
