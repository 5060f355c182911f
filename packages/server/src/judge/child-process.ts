import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SyntraceError } from '@syntrace/core';
import type { SessionOptions } from 'syntrace/session';
import { residentBytes } from './memory.js';
import type { Answer, Ask, BlockPairs, Engine, Picture, Report, SpectraBlock, Task } from './messages.js';

export interface Caps {
  /** Milliseconds without an answer after which the picture at hand counts as hanging. */
  readonly ms: number;
  /** Resident bytes of one child. */
  readonly bytes: number;
}

/** Why a child ended that should not have. */
export type Death = { readonly kind: 'crash'; readonly detail: string } | { readonly kind: 'timeout' } | { readonly kind: 'memory' };

/** What came of a call: answers to the first pictures, in order, and why there are no more. */
export interface Judged {
  readonly answers: readonly Answer[];
  readonly pairs?: BlockPairs;
  readonly death?: Death;
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

interface Call {
  readonly id: number;
  readonly answers: Answer[];
  pairs?: BlockPairs;
  readonly done: (judged: Judged) => void;
}

const WATCH_MS = 100;
/** A child that has grown to this share of its cap is replaced once it is idle. */
const GROWN = 0.7;
const OPEN_MS = 120_000;
/** What a child gets of the environment: nothing that opens a door. */
const PASSED =
  /^(PATH|HOME|TMPDIR|TZ|LANG|LC_.*|LD_LIBRARY_PATH|NODE_EXTRA_CA_CERTS|SYNTRACE_(DEBUG|CACHE.*|MODELS?.*)|OMP_.*|CUDA_.*|XDG_CACHE_HOME|SystemRoot)$/;

/** One judging process; one call at a time. */
export class JudgeProcess {
  private readonly process: ChildProcess;
  private call: Call | undefined;
  private calls = 0;
  private death: Death | undefined;
  private complaint = '';
  private quiet = 0;
  private watch: NodeJS.Timeout | undefined;
  private refusal: SyntraceError | undefined;
  /** @throws what the session is refused for, and JUDGE_CRASHED when the process ends before it is ready */
  readonly ready: Promise<Engine>;
  readonly ended: Promise<void>;
  alive = true;

  constructor(
    options: SessionOptions,
    private readonly caps: Caps,
  ) {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED.test(name)));
    this.process = fork(fileURLToPath(new URL('./judge-child.js', import.meta.url)), {
      // Off Linux, where resident bytes of others cannot be read, this bounds the heap at least.
      execArgv: [`--max-old-space-size=${Math.ceil(caps.bytes / 2 ** 20)}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...env, NO_COLOR: '1' },
    });
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.complaint = (this.complaint + text).slice(-1000);
    });
    this.ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => this.kill({ kind: 'timeout' }), OPEN_MS);
      this.process.on('message', (report: Report) => {
        if (report.type === 'ready') {
          clearTimeout(late);
          resolve(report.engine);
        } else if (report.type === 'refused') this.refusal = reworded(report.error);
        else this.hear(report);
      });
      this.process.on('exit', () => {
        clearTimeout(late);
        reject(this.refusal ?? new SyntraceError('JUDGE_CRASHED', { uri: 'opening the detectors', detail: this.lastWords() }));
      });
    });
    this.ready.catch(() => {});
    this.ended = new Promise(resolve => this.process.on('exit', (code, signal) => resolve(this.onExit(code, signal))));
    this.process.on('error', () => {});
    this.process.send({ type: 'open', options } satisfies Task, () => {});
  }

  /** Judges pictures; resolves also when the process dies of one. */
  judge(pictures: readonly Picture[], ask: Ask, signal?: AbortSignal): Promise<Judged> {
    return this.perform(id => ({ type: 'judge', id, pictures, ask }), signal);
  }

  compare(block: SpectraBlock, signal?: AbortSignal): Promise<Judged> {
    return this.perform(id => ({ type: 'compare', id, block }), signal);
  }

  private async perform(task: (id: number) => Task, signal?: AbortSignal): Promise<Judged> {
    await this.ready;
    const id = ++this.calls;
    const stop = () => this.process.send({ type: 'stop', id } satisfies Task, () => {});
    try {
      return await new Promise<Judged>(resolve => {
        this.call = { id, answers: [], done: resolve };
        if (!this.alive) return this.finish({ death: this.death ?? { kind: 'crash', detail: this.lastWords() } });
        this.startWatching();
        // A process that dies meanwhile says so by its exit.
        this.process.send(task(id), () => {});
        signal?.addEventListener('abort', stop, { once: true });
        if (signal?.aborted) stop();
        return undefined;
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      clearInterval(this.watch);
      this.call = undefined;
    }
  }

  /** Whether it should be replaced before its next call. */
  get grown(): boolean {
    return (residentBytes(this.process.pid ?? 0) ?? 0) > GROWN * this.caps.bytes;
  }

  kill(death: Death = { kind: 'crash', detail: 'it was stopped' }): void {
    this.death ??= death;
    this.process.kill('SIGKILL');
  }

  private hear(report: Exclude<Report, { type: 'ready' | 'refused' }>): void {
    if (report.id !== this.call?.id) return;
    this.quiet = 0;
    if (report.type === 'answer') this.call.answers.push(report.answer);
    else if (report.type === 'pairs') this.call.pairs = report.pairs;
    else this.finish(report.error ? { error: report.error } : {});
  }

  private finish(rest: Omit<Judged, 'answers'>): void {
    const { answers, pairs } = this.call ?? { answers: [] };
    this.call?.done({ answers, ...(pairs && { pairs }), ...rest });
  }

  private startWatching(): void {
    this.quiet = 0;
    let last = performance.now();
    this.watch = setInterval(() => {
      const now = performance.now();
      // Time in which this process itself stood still (a suspended machine, say) does not count.
      this.quiet += Math.min(now - last, 5 * WATCH_MS);
      last = now;
      if (this.quiet > this.caps.ms) this.kill({ kind: 'timeout' });
      else if ((residentBytes(this.process.pid ?? 0) ?? 0) > this.caps.bytes) this.kill({ kind: 'memory' });
    }, WATCH_MS);
  }

  private onExit(code: number | null, signal: string | null): void {
    this.alive = false;
    const outOfHeap = /heap out of memory|heap limit/i.test(this.complaint);
    this.death ??= outOfHeap ? { kind: 'memory' } : { kind: 'crash', detail: signal ? `signal ${signal}` : `code ${code}` };
    this.finish({ death: this.death });
  }

  private lastWords(): string {
    return this.complaint.trim().split('\n').at(-1) || 'it ended without a word';
  }
}

/** An error of the child as one of this process; its words are kept. */
export function reworded(error: { readonly code: string; readonly message: string; readonly hint: string }): SyntraceError {
  const made = new SyntraceError(error.code as SyntraceError['code'], {});
  Object.defineProperties(made, { message: { value: error.message }, hint: { value: error.hint } });
  return made;
}
