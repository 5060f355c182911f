import { SyntraceError } from '../errors.js';
import { throwIfAborted } from './abort.js';
import { DecodeAhead, type Decoded, type DecodeLimits } from './decode-ahead.js';
import type { Host } from './host.js';
import { type Extras, judgeBatch } from './judge.js';
import type { Member } from './member.js';
import { type Failure, isFailure, type Judgement, type Outcome, type RunEvent } from './outcome.js';
import type { BatchRun } from './run.js';

export interface PipelineOptions extends Extras {
  readonly batch: number;
  readonly limits: DecodeLimits;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** The parts of a session that a run uses. */
export interface PipelineParts<Source> {
  readonly host: Host<Source>;
  /** The open detector; another one after it was reopened. */
  readonly member: () => Promise<Member>;
  readonly newRun: (signal: AbortSignal) => BatchRun;
  /** Reopens the detectors after kernels trapped under `used`, unless that was done already. */
  readonly recover: (used: Member) => Promise<void>;
}

/** Judges sources as a stream: decoding runs ahead while a batch is judged, outcomes come in input order, and one failure never ends the run.
 *  @throws ABORTED when the signal fires, and what `sources` itself throws; outcomes yielded before stand */
export async function* runPipeline<Source>(
  sources: AsyncIterable<Source> | Iterable<Source>,
  parts: PipelineParts<Source>,
  options: PipelineOptions,
): AsyncGenerator<Outcome> {
  const emit = options.onEvent ?? (() => {});
  const decoder = new DecodeAhead(sources, parts.host, options.limits, options.signal, emit);
  try {
    for (;;) {
      throwIfAborted(options.signal);
      const batch = await decoder.next(options.batch);
      if (batch.length === 0) return;
      const images = batch.filter((item): item is Decoded => 'image' in item);
      const judged = new Map((await judgeWithEvents(images, parts, options, emit)).map(outcome => [outcome.index, outcome]));
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

async function judgeWithEvents<Source>(
  images: readonly Decoded[],
  parts: PipelineParts<Source>,
  options: PipelineOptions,
  emit: (event: RunEvent) => void,
): Promise<readonly Outcome[]> {
  if (images.length === 0) return [];
  emit({ type: 'batch-start', size: images.length });
  const start = performance.now();
  const outcomes = await judgeWithRecovery(images, parts, options, false);
  emit({ type: 'batch-end', size: images.length, ms: performance.now() - start });
  return outcomes;
}

/** When a whole batch fails, its images are tried alone; after a trap, and when another run had to reopen the detector meanwhile, once more. */
async function judgeWithRecovery<Source>(
  images: readonly Decoded[],
  parts: PipelineParts<Source>,
  options: PipelineOptions,
  last: boolean,
): Promise<readonly Outcome[]> {
  const member = await parts.member();
  const { outcomes, error } = await judgeOnce(images, member, parts, options);
  throwIfAborted(options.signal);
  const trapped = SyntraceError.is(error, 'KERNEL_TRAP');
  if (trapped) await parts.recover(member);
  const reopened = trapped || (outcomes.some(isFailure) && (await parts.member()) !== member);
  if (last || !(reopened || (error !== undefined && images.length > 1))) return outcomes;
  const again: Outcome[] = [];
  for (const image of images) again.push(...(await judgeWithRecovery([image], parts, options, true)));
  return again;
}

/** One attempt with a run of its own. An error that belongs to no single image becomes the failure of each. */
async function judgeOnce<Source>(
  images: readonly Decoded[],
  member: Member,
  parts: PipelineParts<Source>,
  options: PipelineOptions,
): Promise<{ outcomes: readonly Outcome[]; error?: unknown }> {
  const run = parts.newRun(options.signal);
  try {
    return { outcomes: await judgeBatch(images, member, run, options) };
  } catch (error) {
    const failures = images.map(
      ({ index, uri }): Failure => ({ index, uri, error: SyntraceError.from(error, 'DETECTOR_FAILED', { id: member.detector.id, stage: 'detect', uri }) }),
    );
    return { outcomes: failures, error };
  } finally {
    await run.end();
  }
}

/** Judgements only; for callers that treat a failure as an exception. */
export function orThrow(outcome: Outcome): Judgement {
  if (isFailure(outcome)) throw outcome.error;
  return outcome;
}
