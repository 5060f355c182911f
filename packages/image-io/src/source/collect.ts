import { SyntraceError } from '@syntrace/core';
import { DEFAULT_MAX_BYTES, type ReadOptions } from '../options.js';

/** Joins a stream's chunks.
 *  @throws IMAGE_TOO_LARGE as soon as the limit is passed, IMAGE_UNREADABLE when the stream fails, ABORTED at once when the signal fires */
export async function collect(stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>, uri: string, options: ReadOptions): Promise<Uint8Array> {
  const { maxBytes = DEFAULT_MAX_BYTES, signal } = options;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of untilAborted(chunksOf(stream), signal)) {
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

/** The chunks; whoever waits for the next one is told of the signal without waiting for it to come. */
async function* untilAborted(chunks: AsyncGenerator<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  if (!signal) {
    yield* chunks;
    return;
  }
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new SyntraceError('ABORTED', {}, signal.reason));
  });
  aborted.catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), aborted]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // Not waited for: a stream that hangs does not close before its next chunk.
    void chunks.return(undefined).catch(() => {});
  }
}
