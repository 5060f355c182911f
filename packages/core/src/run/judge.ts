import type { Detection, Explanation, Run } from '../contract/detector.js';
import type { Warning } from '../contract/image.js';
import { leavesOf } from '../ensemble/evidence.js';
import { SyntraceError } from '../errors.js';
import type { Decoded } from './decode-ahead.js';
import { type Member, runMember } from './member.js';
import type { Judgement, Outcome } from './outcome.js';

export interface Extras {
  /** Draw each answer's evidence. */
  readonly explain?: boolean;
  /** Longer side of a small copy of each picture. */
  readonly thumbnail?: number;
}

/** Judges one decoded batch with one detector (often an ensemble). One outcome for each image, in order. */
export async function judgeBatch(batch: readonly Decoded[], member: Member, run: Run, extras: Extras): Promise<readonly Outcome[]> {
  const results = await runMember(
    member,
    batch.map(item => item.image),
    run,
  );
  const outcomes: Outcome[] = [];
  for (const [i, item] of batch.entries()) {
    const result = results[i]!;
    if (SyntraceError.is(result)) outcomes.push({ index: item.index, uri: item.uri, error: result });
    else outcomes.push(await withExtras(judgement(item, result), item, member, run, extras));
  }
  return outcomes;
}

function judgement({ index, uri, image }: Decoded, detection: Detection): Judgement {
  const { encoded: _, ...source } = image.source;
  const { verdict, probability, score, threshold, realShare } = detection;
  return {
    index,
    uri,
    width: image.width,
    height: image.height,
    source,
    verdict,
    probability,
    score,
    threshold,
    realShare,
    detectors: leavesOf(detection),
    warnings: [...image.warnings, ...detection.warnings],
  };
}

/** An extra that fails is left out with a warning: the answer stands without it. */
async function withExtras(judgement: Judgement, { image, uri }: Decoded, member: Member, run: Run, extras: Extras): Promise<Judgement> {
  const warnings: Warning[] = [];
  const attempt = async <T>(stage: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (SyntraceError.is(error, 'KERNEL_TRAP') || run.signal.aborted) throw error;
      const { code, message } = SyntraceError.from(error, 'DETECTOR_FAILED', { id: member.detector.id, stage, uri });
      warnings.push({ code, message });
      return undefined;
    }
  };
  const wanted = extras.explain && judgement.score !== null;
  const explanations = wanted
    ? await attempt('explain', async (): Promise<readonly Explanation[]> => (await member.open.explain?.(image, run)) ?? [])
    : undefined;
  const thumbnail = extras.thumbnail ? await attempt('thumbnail', () => smallCopy(image, extras.thumbnail!, run)) : undefined;
  return { ...judgement, warnings: [...judgement.warnings, ...warnings], ...(explanations && { explanations }), ...(thumbnail && { thumbnail }) };
}

async function smallCopy(image: Decoded['image'], side: number, { kernels }: Run): Promise<NonNullable<Judgement['thumbnail']>> {
  const full = kernels.tensor('u8', image.data, [image.height, image.width, image.channels]);
  try {
    const small = await kernels.thumbnail(full, side);
    const [height, width] = small.shape as [number, number, number];
    // The promise is awaited before the tensor is given back, also when reading fails.
    const data = await kernels.read(small).finally(() => kernels.free(small));
    return { width, height, channels: image.channels, data };
  } finally {
    kernels.free(full);
  }
}
