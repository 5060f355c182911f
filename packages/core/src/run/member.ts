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

export const openMember = async (detector: Detector, version: string, context: DetectorContext): Promise<Member> => ({ detector, version, open: await detector.open(context) });

/** Runs one detector over a batch. Pictures below its least size get an abstention; when a batch fails, its pictures are tried
 *  one by one, so that one of them cannot spoil the others. Aborts and traps are passed on. */
export async function runMember(member: Member, images: readonly Image[], run: Run): Promise<readonly MemberResult[]> {
  const results = new Array<MemberResult | undefined>(images.length);
  const fits: number[] = [];
  images.forEach((image, i) => {
    const refusal = tooSmall(member, image);
    if (refusal) results[i] = detection(member, abstention(refusal), 0);
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
  const numbers = [score.score ?? 0, score.probability ?? 0, score.threshold ?? 0, score.realShare ?? 0];
  if (!numbers.every(Number.isFinite)) return failure(member, image, new Error('a number in its answer is not finite'));
  return detection(member, score, ms);
}

const detection = (member: Member, score: Score, ms: number): Detection => ({ ...score, id: member.detector.id, version: member.version, ms });

const failure = (member: Member, image: Image, error: unknown): SyntraceError =>
  SyntraceError.from(error, 'DETECTOR_FAILED', { id: member.detector.id, stage: 'detect', uri: image.source.uri });

function tooSmall({ detector }: Member, image: Image): SyntraceError | null {
  const { width, height } = detector.requires.minimumSize;
  if (image.width >= width && image.height >= height) return null;
  return new SyntraceError('IMAGE_TOO_SMALL', { uri: image.source.uri, width: image.width, height: image.height, who: `detector ${detector.id}`, least: `${width}×${height}` });
}

const abstention = (reason: SyntraceError): Score => ({
  score: null,
  probability: null,
  threshold: null,
  verdict: 'inconclusive',
  realShare: null,
  warnings: [{ code: reason.code, message: reason.message }],
  evidence: null,
});
