import { abstain } from '../artifact/verdict.js';
import type { Detection, Detector, DetectorContext, OpenDetector, Run, Score } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import { SyntraceError } from '../errors.js';

/** An open detector with the name it answers by. */
export interface Member {
  readonly detector: Detector;
  readonly version: string;
  readonly open: OpenDetector;
}

/** Detection, or why there is none. */
export type MemberResult = Detection | SyntraceError;

/** @throws the typed error, or DETECTOR_FAILED around whatever `open` throws */
export async function openMember(detector: Detector, version: string, context: DetectorContext): Promise<Member> {
  try {
    return { detector, version, open: await detector.open(context) };
  } catch (error) {
    throw SyntraceError.from(error, 'DETECTOR_FAILED', { id: detector.id, stage: 'open', uri: 'its own files' });
  }
}

/** Closes detectors; one that fails to close holds up none of the others. */
export async function closeMembers(members: readonly Member[]): Promise<void> {
  await Promise.allSettled(members.map(async member => member.open.close()));
}

/** Runs one detector over a batch. Pictures below its least size get an abstention; when a batch fails, its pictures are tried
 *  one by one, so that one of them cannot spoil the others. Aborts and traps are passed on. */
export async function runMember(member: Member, images: readonly Image[], run: Run): Promise<readonly MemberResult[]> {
  const results = new Array<MemberResult | undefined>(images.length);
  const fits: number[] = [];
  images.forEach((image, i) => {
    const refusal = tooSmall(member, image);
    if (refusal) results[i] = detection(member, abstain({ code: refusal.code, message: refusal.message }, null), 0);
    else fits.push(i);
  });
  const judged = await runBatch(
    member,
    fits.map(i => images[i]!),
    run,
  );
  fits.forEach((i, j) => {
    results[i] = judged[j]!;
  });
  return results as MemberResult[];
}

async function runBatch(member: Member, images: readonly Image[], run: Run): Promise<readonly MemberResult[]> {
  if (images.length === 0) return [];
  const start = performance.now();
  try {
    const scores = await member.open.detect(images, run);
    if (scores.length !== images.length) throw new Error(`returned ${scores.length} scores for ${images.length} images`);
    const ms = (performance.now() - start) / images.length;
    return scores.map((score, i) => checked(member, score, images[i]!, ms));
  } catch (error) {
    if (SyntraceError.is(error, 'ABORTED') || SyntraceError.is(error, 'KERNEL_TRAP') || run.signal.aborted) throw error;
    if (images.length === 1) return [failure(member, images[0]!, error)];
    const results: MemberResult[] = [];
    for (const image of images) results.push(...(await runBatch(member, [image], run)));
    return results;
  }
}

function checked(member: Member, score: Score, image: Image, ms: number): MemberResult {
  const problem = scoreProblem(score);
  return problem === null ? detection(member, score, ms) : failure(member, image, new Error(problem));
}

/** What is wrong with a detector's answer, or `null`. */
export function scoreProblem({ score, probability, threshold, realShare, verdict, warnings }: Score): string | null {
  const numbers = [score, probability, threshold, realShare];
  if (!numbers.every(number => number === null || Number.isFinite(number))) return 'a number in its answer is not finite';
  if (![probability, realShare].every(share => share === null || (share >= 0 && share <= 1))) return 'a probability or share in its answer is not within 0…1';
  if (!['real', 'synthetic', 'inconclusive'].includes(verdict)) return `its verdict is ${String(verdict)}`;
  if (score === null && (verdict !== 'inconclusive' || probability !== null)) return 'it abstains, and gives a verdict or a probability all the same';
  return Array.isArray(warnings) ? null : 'its answer has no list of warnings';
}

const detection = (member: Member, score: Score, ms: number): Detection => ({ ...score, id: member.detector.id, version: member.version, ms });

const failure = (member: Member, image: Image, error: unknown): SyntraceError =>
  SyntraceError.from(error, 'DETECTOR_FAILED', { id: member.detector.id, stage: 'detect', uri: image.source.uri });

/** Why a detector cannot judge a picture of this size, or `null`. */
export function tooSmall({ detector }: Member, image: Image): SyntraceError | null {
  const { width, height } = detector.requires.minimumSize;
  if (image.width >= width && image.height >= height) return null;
  return new SyntraceError('IMAGE_TOO_SMALL', {
    uri: image.source.uri,
    width: image.width,
    height: image.height,
    who: `detector ${detector.id}`,
    least: `${width}×${height}`,
  });
}
