import { type Kernels, SyntraceError } from '@syntrace/core';
import type { FailedPicture, RewriteOptions } from '@syntrace/datasets';
import { interruptSignal } from '../../interrupt.js';
import { openSession, type SessionOptions } from '../../open-session.js';
import { type Progress, startProgress } from '../../progress.js';

/** Options of every command that works through the pictures of folders. */
export interface ToolOptions extends SessionOptions {
  readonly resume?: boolean;
  readonly amount?: number;
}

/** What a tool is given: kernels, limits, a signal of Ctrl-C, and a bar whose phases follow each other. */
export interface Tool {
  readonly kernels: Kernels;
  readonly running: Pick<RewriteOptions, 'limits' | 'concurrency'> & { readonly amount?: number; readonly resume: boolean; readonly signal: AbortSignal };
  report(phase: string, done: number, total: number): void;
}

/** Opens what a tool needs, lets it work, and puts everything away. @throws ABORTED after an interruption */
export async function withTool<R>(options: ToolOptions, work: (tool: Tool) => Promise<R>): Promise<R> {
  const { syntrace, limits } = await openSession(options);
  const signal = interruptSignal();
  const bar: { progress?: Progress; phase?: string } = {};
  try {
    const { resume = false, concurrency, amount } = options;
    return await work({
      kernels: await syntrace.kernels(),
      running: { resume, limits, signal, ...(concurrency && { concurrency }), ...(amount && { amount }) },
      report(phase, done, total) {
        if (phase !== bar.phase) {
          bar.progress?.stop();
          Object.assign(bar, { progress: startProgress(phase, total), phase });
        }
        bar.progress?.to(done, total);
      },
    });
  } catch (error) {
    throw signal.aborted ? new SyntraceError('ABORTED', {}, error) : error;
  } finally {
    bar.progress?.stop();
    await syntrace.close();
  }
}

/** Says which pictures failed; some make the exit code 1. */
export function sayFailed(failed: readonly FailedPicture[]): void {
  for (const { path, code, message } of failed) console.error(`${path}: ${code} ${message}`);
  if (failed.length > 0) process.exitCode = 1;
}
