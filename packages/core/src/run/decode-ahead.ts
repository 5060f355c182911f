import type { Image } from '../contract/image.js';
import { SyntraceError } from '../errors.js';
import type { Host } from './host.js';
import type { Failure, RunEvent } from './outcome.js';

export interface Decoded {
  readonly index: number;
  readonly uri: string;
  readonly image: Image;
}

export interface DecodeLimits {
  /** Images decoded or being decoded ahead of the detectors. */
  readonly window: number;
  /** Decodes at one time. */
  readonly parallel: number;
  /** Bytes of decoded samples above which no further decode is started. */
  readonly bytes: number;
}

/** Decodes ahead of the consumer within the limits and yields in input order. O(window) memory whatever the number of sources. */
export class DecodeAhead<Source> {
  private readonly iterator: AsyncIterator<Source> | Iterator<Source>;
  private readonly queue: { readonly index: number; readonly uri: string; readonly result: Promise<Decoded | Failure>; done: boolean; bytes: number }[] = [];
  private count = 0;
  private held = 0;
  private exhausted = false;
  private filling: Promise<void> = Promise.resolve();

  constructor(
    sources: AsyncIterable<Source> | Iterable<Source>,
    private readonly host: Host<Source>,
    private readonly limits: DecodeLimits,
    private readonly signal: AbortSignal,
    private readonly emit: (event: RunEvent) => void,
  ) {
    this.iterator = Symbol.asyncIterator in sources ? sources[Symbol.asyncIterator]() : sources[Symbol.iterator]();
  }

  /** The next images in order: at least one (waiting for it), at most `most`, never waiting for more than the first; [] at the end. */
  async next(most: number): Promise<readonly (Decoded | Failure)[]> {
    if (this.queue.length === 0) await this.fill();
    const batch: (Decoded | Failure)[] = [];
    while (batch.length < most && this.queue.length > 0 && (batch.length === 0 || this.queue[0]!.done)) {
      const head = this.queue.shift()!;
      batch.push(await head.result);
      this.held -= head.bytes;
    }
    void this.fill();
    return batch;
  }

  /** Lets the source go, e.g. when the consumer stops early. */
  async close(): Promise<void> {
    this.exhausted = true;
    await this.filling.catch(() => {});
    await this.iterator.return?.();
  }

  /** One step at a time, so that a slow source delays nobody who has images already. */
  private fill(): Promise<void> {
    this.filling = this.filling.then(() => this.startOne());
    this.filling.catch(() => {});
    return this.filling;
  }

  private async startOne(): Promise<void> {
    if (this.exhausted || this.signal.aborted || !this.hasRoom()) return;
    const next = await this.iterator.next();
    if (next.done) {
      this.exhausted = true;
      return;
    }
    this.start(next.value);
    void this.fill();
  }

  private hasRoom(): boolean {
    const running = this.queue.filter(item => !item.done).length;
    return this.queue.length < this.limits.window && running < this.limits.parallel && (this.queue.length === 0 || this.held < this.limits.bytes);
  }

  private start(source: Source): void {
    const index = this.count++;
    const uri = this.host.nameOf(source);
    this.emit({ type: 'image-start', index, uri });
    const start = performance.now();
    const item = { index, uri, done: false, bytes: 0, result: this.decode(source, index, uri) };
    this.queue.push(item);
    void item.result.then(result => {
      item.done = true;
      item.bytes = 'image' in result ? result.image.data.length : 0;
      this.held += item.bytes;
      this.emit({ type: 'image-decode', index, uri, ms: performance.now() - start });
      void this.fill();
    });
  }

  private async decode(source: Source, index: number, uri: string): Promise<Decoded | Failure> {
    try {
      return { index, uri, image: await this.host.decode(source, { signal: this.signal }) };
    } catch (error) {
      return { index, uri, error: SyntraceError.from(error, 'IMAGE_CORRUPT', { uri }) };
    }
  }
}
