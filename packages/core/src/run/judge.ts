import type { Detection, Run } from '../contract/detector.js';
import type { EnsembleEvidence } from '../ensemble/detector.js';
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
  const members = (detection.evidence as Partial<EnsembleEvidence> | null)?.members;
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
    detectors: members ? leaves(members) : [detection],
    warnings: [...image.warnings, ...detection.warnings],
  };
}

const leaves = (members: readonly Detection[]): readonly Detection[] =>
  members.flatMap(member => {
    const nested = (member.evidence as Partial<EnsembleEvidence> | null)?.members;
    return nested ? leaves(nested) : [member];
  });

async function withExtras(judgement: Judgement, { image }: Decoded, member: Member, run: Run, extras: Extras): Promise<Judgement> {
  const explanations = extras.explain && judgement.score !== null ? await (member.open.explain?.(image, run) ?? []) : undefined;
  const thumbnail = extras.thumbnail ? await smallCopy(image, extras.thumbnail, run) : undefined;
  return { ...judgement, ...(explanations && { explanations }), ...(thumbnail && { thumbnail }) };
}

async function smallCopy(image: Decoded['image'], side: number, { kernels }: Run): Promise<NonNullable<Judgement['thumbnail']>> {
  const full = kernels.tensor('u8', image.data, [image.height, image.width, image.channels]);
  const small = await kernels.thumbnail(full, side);
  const [height, width] = small.shape as [number, number, number];
  const data = await kernels.read(small);
  kernels.free(full, small);
  return { width, height, channels: image.channels, data };
}
