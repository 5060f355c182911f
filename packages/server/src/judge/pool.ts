import { SyntraceError } from '@syntrace/core';
import type { SessionOptions } from 'syntrace/session';
import { type Caps, type Death, JudgeProcess, reworded } from './child-process.js';
import type { Answer, Ask, BlockPairs, Engine, Picture, SpectraBlock } from './messages.js';

export interface PoolOptions {
  /** Judging processes. */
  readonly size: number;
  readonly session: SessionOptions;
  readonly caps: Caps;
  /** Told of each process that died of a picture. */
  readonly onDeath?: (death: Death) => void;
}

/** What judges pictures: the pool, or a stand-in of a benchmark. */
export interface Judge {
  engine(): Promise<Engine>;
  /** An answer for each picture, in order. @throws ABORTED, and what concerns no single picture, such as DETECTOR_UNKNOWN */
  judge(pictures: readonly Picture[], ask: Ask, options?: JudgeOptions): Promise<readonly Answer[]>;
  /** Pairs of a block of spectra above its threshold. Absent: this judge compares none. @throws JUDGE_CRASHED when its process ended */
  compare?(block: SpectraBlock, signal: AbortSignal): Promise<BlockPairs>;
  close(): Promise<void>;
}

export interface JudgeOptions {
  readonly signal?: AbortSignal;
  /** Goes before what waits without it: someone waits for the answer. */
  readonly urgent?: boolean;
}

interface Waiting {
  readonly urgent: boolean;
  readonly take: (child: JudgeProcess) => void;
  readonly refuse: (error: unknown) => void;
}

/** Judging processes behind one queue. A process that dies of a picture is replaced, and the pictures that it left are divided until the one that kills is found. */
export class JudgePool implements Judge {
  private readonly idle: JudgeProcess[] = [];
  private readonly all = new Set<JudgeProcess>();
  private readonly waiting: Waiting[] = [];
  private known: Promise<Engine> | undefined;
  private closed = false;
  /** Calls that wait for a process. */
  get queued(): number {
    return this.waiting.length;
  }
  get busy(): number {
    return this.all.size - this.idle.length;
  }

  constructor(readonly options: PoolOptions) {}

  /** Starts every process, so that a set-up that cannot work fails at once. */
  engine(): Promise<Engine> {
    this.known ??= this.start();
    this.known.catch(() => {
      this.known = undefined;
    });
    return this.known;
  }

  private async start(): Promise<Engine> {
    const children = Array.from({ length: this.options.size - this.all.size }, () => this.spawn());
    const engines = await Promise.all(children.map(child => child.ready));
    for (const child of children) this.release(child);
    return engines[0]!;
  }

  async judge(pictures: readonly Picture[], ask: Ask, options: JudgeOptions = {}): Promise<readonly Answer[]> {
    await this.engine();
    const { answers, death } = await this.attempt(pictures, ask, options);
    if (!death || answers.length === pictures.length) return answers;
    const rest = pictures.slice(answers.length);
    if (rest.length === 1) return [...answers, await this.alone(rest[0]!, death, ask, options)];
    // The picture at hand is most often the culprit, but decoding runs ahead of judging.
    const half = Math.ceil(rest.length / 2);
    const first = await this.judge(rest.slice(0, half), ask, options);
    return [...answers, ...first, ...(await this.judge(rest.slice(half), ask, options))];
  }

  async compare(block: SpectraBlock, signal: AbortSignal): Promise<BlockPairs> {
    await this.engine();
    const child = await this.acquire(false, signal);
    try {
      const { pairs, death, error } = await child.compare(block, signal);
      if (error) throw reworded(error);
      if (death) this.options.onDeath?.(death);
      if (!pairs) throw new SyntraceError('JUDGE_CRASHED', { uri: 'a block of residuals', detail: death?.kind ?? 'no answer' });
      return pairs;
    } finally {
      this.release(child);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { refuse } of this.waiting.splice(0)) refuse(new SyntraceError('ABORTED'));
    for (const child of this.all) child.kill();
    await Promise.all([...this.all].map(child => child.ended));
  }

  /** A process may have been killed from outside: a picture that crashed one is tried once more in another. */
  private async alone(picture: Picture, death: Death, ask: Ask, options: JudgeOptions): Promise<Answer> {
    if (death.kind !== 'crash') return this.givenUp(picture, death);
    const again = await this.attempt([picture], ask, options);
    return again.answers[0] ?? this.givenUp(picture, again.death ?? death);
  }

  private async attempt(pictures: readonly Picture[], ask: Ask, { signal, urgent = false }: JudgeOptions) {
    const child = await this.acquire(urgent, signal);
    try {
      const judged = await child.judge(pictures, ask, signal);
      if (signal?.aborted) throw new SyntraceError('ABORTED');
      if (judged.error) throw reworded(judged.error);
      if (judged.death) this.options.onDeath?.(judged.death);
      return judged;
    } finally {
      this.release(child);
    }
  }

  private givenUp({ uri }: Picture, death: Death): Answer {
    const { ms, bytes } = this.options.caps;
    const error = {
      crash: () => new SyntraceError('JUDGE_CRASHED', { uri, detail: death.kind === 'crash' ? death.detail : '' }),
      timeout: () => new SyntraceError('JUDGE_TIMEOUT', { uri, seconds: ms / 1000 }),
      memory: () => new SyntraceError('JUDGE_MEMORY', { uri, mb: Math.round(bytes / 2 ** 20) }),
    }[death.kind]();
    return { row: { path: uri, error: error.toJSON() }, camera: null };
  }

  private spawn(): JudgeProcess {
    const child = new JudgeProcess(this.options.session, this.options.caps);
    this.all.add(child);
    void child.ended.then(() => this.onEnd(child));
    return child;
  }

  /** A process that ended is replaced while somebody waits; otherwise by the next call. */
  private onEnd(child: JudgeProcess): void {
    this.all.delete(child);
    const at = this.idle.indexOf(child);
    if (at >= 0) this.idle.splice(at, 1);
    if (!this.closed && this.waiting.length > 0) this.replace();
  }

  private replace(): void {
    if (this.closed || this.all.size >= this.options.size) return;
    const child = this.spawn();
    Promise.all([child.ready, this.known]).then(
      ([engine, known]) => {
        if (engine.fingerprint === known?.fingerprint) return this.release(child);
        // Plugins or weights were changed on disk: answers of two kinds must not mix.
        child.kill();
        return this.waiting.shift()?.refuse(new SyntraceError('CONFIG_INVALID', { file: 'the engine', detail: 'plugins or weights changed; restart' }));
      },
      error => this.waiting.shift()?.refuse(error),
    );
  }

  private acquire(urgent: boolean, signal?: AbortSignal): Promise<JudgeProcess> {
    if (this.closed || signal?.aborted) return Promise.reject(new SyntraceError('ABORTED'));
    const free = this.idle.pop();
    if (free) return Promise.resolve(free);
    return new Promise((take, refuse) => {
      const entry = { urgent, take, refuse };
      const at = urgent ? this.waiting.findIndex(other => !other.urgent) : -1;
      if (at >= 0) this.waiting.splice(at, 0, entry);
      else this.waiting.push(entry);
      signal?.addEventListener(
        'abort',
        () => {
          const place = this.waiting.indexOf(entry);
          if (place < 0) return;
          this.waiting.splice(place, 1);
          refuse(new SyntraceError('ABORTED'));
        },
        { once: true },
      );
      this.replace();
    });
  }

  private release(child: JudgeProcess): void {
    if (!child.alive) return;
    if (child.grown) {
      child.kill();
      return;
    }
    const next = this.waiting.shift();
    if (next) next.take(child);
    else this.idle.push(child);
  }
}
