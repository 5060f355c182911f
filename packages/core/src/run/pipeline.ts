import { SyntraceError } from '../errors.js';
import { DecodeAhead, type DecodeLimits, type Decoded } from './decode-ahead.js';
import type { Host } from './host.js';
import { type Extras, judgeBatch } from './judge.js';
import type { Member } from './member.js';
import { isFailure, type Outcome, type RunEvent } from './outcome.js';
import type { BatchRun } from './run.js';

export interface PipelineOptions extends Extras {
  readonly batch: number;
  readonly limits: DecodeLimits;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** The parts of a session that a run uses; `recover` reopens the detector after its kernels trapped. */
export interface PipelineParts<Source> {
  readonly host: Host<Source>;
  readonly member: () => Member;
  readonly newRun: (signal: AbortSignal) => BatchRun;
  readonly recover: () => Promise<void>;
}

/** Judges sources as a stream: decoding runs ahead while a batch is judged, outcomes come in input order, and one failure never ends the run.
 *  @throws ABORTED when the signal fires; outcomes yielded before stand */
export async function* runPipeline<Source>(sources: AsyncIterable<Source> | Iterable<Source>, parts: PipelineParts<Source>, options: PipelineOptions): AsyncGenerator<Outcome> {
  const emit = options.onEvent ?? (() => {});
  const decoder = new DecodeAhead(sources, parts.host, options.limits, options.signal, emit);
  try {
    for (;;) {
      throwIfAborted(options.signal);
      const batch = await decoder.next(options.batch);
      throwIfAborted(options.signal);
      if (batch.length === 0) return;
      const images = batch.filter((item): item is Decoded => 'image' in item);
      const judged = new Map((await judgeWithRecovery(images, parts, options, emit)).map(outcome => [outcome.index, outcome]));
      for (const item of batch) {
        const outcome = 'image' in item ? judged.get(item.index)! : item;
        emit({ type: 'image-end', index: outcome.index, outcome });
        yield outcome;
      }
    }
  } finally {
    await decoder.close();
  }
}

async function judgeWithRecovery<Source>(images: readonly Decoded[], parts: PipelineParts<Source>, options: PipelineOptions, emit: (event: RunEvent) => void): Promise<readonly Outcome[]> {
  if (images.length === 0) return [];
  emit({ type: 'batch-start', size: images.length });
  const start = performance.now();
  const outcomes = await judgeOnce(images, parts, options);
  emit({ type: 'batch-end', size: images.length, ms: performance.now() - start });
  return outcomes;
}

async function judgeOnce<Source>(images: readonly Decoded[], parts: PipelineParts<Source>, options: PipelineOptions): Promise<readonly Outcome[]> {
  const run = parts.newRun(options.signal);
  try {
    return await judgeBatch(images, parts.member(), run, options);
  } catch (error) {
    throwIfAborted(options.signal);
    if (SyntraceError.is(error, 'KERNEL_TRAP')) await parts.recover();
    if (images.length === 1) return [{ index: images[0]!.index, uri: images[0]!.uri, error: SyntraceError.from(error, 'DETECTOR_FAILED', failedAt(parts.member(), images[0]!)) }];
    const outcomes: Outcome[] = [];
    for (const image of images) outcomes.push(...(await judgeOnce([image], parts, options)));
    return outcomes;
  } finally {
    await run.end();
  }
}

const failedAt = (member: Member, { uri }: Decoded) => ({ id: member.detector.id, stage: 'detect', uri });

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new SyntraceError('ABORTED', {}, signal.reason);
}

/** Judgements only; for callers that treat a failure as an exception. */
export function orThrow(outcome: Outcome): Exclude<Outcome, { error: SyntraceError }> {
  if (isFailure(outcome)) throw outcome.error;
  return outcome;
}
