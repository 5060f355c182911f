import type { Image } from '../contract/image.js';
import { SyntraceError } from '../errors.js';
import { untilAborted } from './abort.js';
import type { Host } from './host.js';
import type { Failure, RunEvent } from './outcome.js';

export interface Decoded {
  readonly index: number;
  readonly uri: string;
  readonly image: Image;
}

export interface DecodeLimits {
  /** Images decoded or being decoded at one time, those of the batch that was handed out last included. */
  readonly window: number;
  /** Decodes at one time. */
  readonly parallel: number;
  /** Bytes of decoded samples and kept files above which no further decode is started. */
  readonly bytes: number;
  /** Whether the files' bytes stay with the images. */
  readonly keepEncoded: boolean;
}

interface Item {
  readonly index: number;
  readonly uri: string;
  result: Promise<Decoded | Failure>;
  done: boolean;
  bytes: number;
}

/** A generator that waits for its next item closes only after that; a run that is over waits no longer than this. */
const CLOSING_MS = 100;

/** Decodes ahead of the consumer within the limits and yields in input order. O(window) memory whatever the number of sources. */
export class DecodeAhead<Source> {
  private readonly iterator: AsyncIterator<Source> | Iterator<Source>;
  private readonly queue: Item[] = [];
  private lent: Item[] = [];
  private count = 0;
  private pulling: Promise<void> | undefined;
  /** Nothing more is taken from the source. */
  private stopped = false;
  /** The source said that it is done, or threw: it must not be closed. */
  private ended = false;
  private closed = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    sources: AsyncIterable<Source> | Iterable<Source>,
    private readonly host: Host<Source>,
    private readonly limits: DecodeLimits,
    private readonly signal: AbortSignal,
    private readonly emit: (event: RunEvent) => void,
  ) {
    this.iterator = Symbol.asyncIterator in sources ? sources[Symbol.asyncIterator]() : sources[Symbol.iterator]();
  }

  /** The next images in order: at least one (waiting for it), at most `most`, never waiting for more than the first; [] at the end.
   *  The images of the call before count as given back.
   *  @throws ABORTED at once when the signal fires; what the source threw, after the images before it */
  async next(most: number): Promise<readonly (Decoded | Failure)[]> {
    this.lent = [];
    void this.fill();
    while (this.queue.length === 0 && !this.stopped) await untilAborted(this.fill(), this.signal);
    if (this.queue.length === 0 && this.failure) throw this.failure.error;
    const batch: (Decoded | Failure)[] = [];
    while (batch.length < most && this.queue.length > 0 && (batch.length === 0 || this.queue[0]!.done)) {
      batch.push(await untilAborted(this.queue[0]!.result, this.signal));
      this.lent.push(this.queue.shift()!);
    }
    void this.fill();
    return batch;
  }

  /** Lets the source go, e.g. when the consumer stops early. */
  async close(): Promise<void> {
    this.stopped = true;
    this.closed = true;
    if (this.ended) return;
    this.ended = true;
    // The consumer has its result or its error already; what the source says while closing must not replace it.
    const closing = (async () => void (await this.iterator.return?.()))().catch(() => {});
    await (this.pulling ? within(CLOSING_MS, closing) : closing);
  }

  /** Takes sources one by one while there is room; resolves when the present one has come. Never rejects. */
  private fill(): Promise<void> {
    if (this.pulling) return this.pulling;
    if (this.stopped || this.signal.aborted || !this.hasRoom()) return Promise.resolve();
    this.pulling = this.pull().finally(() => {
      this.pulling = undefined;
      void this.fill();
    });
    return this.pulling;
  }

  private async pull(): Promise<void> {
    try {
      const next = await this.fromSource();
      if (next.done) this.stopped = true;
      else if (!this.stopped) this.start(next.value);
    } catch (error) {
      this.failure = { error };
      this.stopped = true;
    }
  }

  private async fromSource(): Promise<IteratorResult<Source>> {
    try {
      const next = await this.iterator.next();
      this.ended ||= next.done === true;
      return next;
    } catch (error) {
      this.ended = true;
      throw error;
    }
  }

  private hasRoom(): boolean {
    const held = [...this.queue, ...this.lent];
    const bytes = held.reduce((sum, item) => sum + item.bytes, 0);
    const running = this.queue.filter(item => !item.done).length;
    return held.length === 0 || (held.length < this.limits.window && running < this.limits.parallel && bytes < this.limits.bytes);
  }

  private start(source: Source): void {
    const index = this.count++;
    const uri = this.host.nameOf(source);
    this.emit({ type: 'image-start', index, uri });
    const item = { index, uri, done: false, bytes: 0 } as Item;
    item.result = this.decode(source, item);
    // A listener that throws rejects the result; it reaches whoever asks for it and must not also count as unhandled.
    item.result.catch(() => {});
    this.queue.push(item);
  }

  private async decode(source: Source, item: Item): Promise<Decoded | Failure> {
    const { index, uri } = item;
    const start = performance.now();
    try {
      const result = await this.decodeOne(source, index, uri);
      item.bytes = 'image' in result ? result.image.data.length + (result.image.source.encoded?.length ?? 0) : 0;
      if (!this.closed) this.emit({ type: 'image-decode', index, uri, ms: performance.now() - start });
      return result;
    } finally {
      item.done = true;
      void this.fill();
    }
  }

  private async decodeOne(source: Source, index: number, uri: string): Promise<Decoded | Failure> {
    try {
      return { index, uri, image: await this.host.decode(source, { signal: this.signal, keepEncoded: this.limits.keepEncoded }) };
    } catch (error) {
      return { index, uri, error: SyntraceError.from(error, 'IMAGE_CORRUPT', { uri }) };
    }
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
