import { type Detection, failedDetection, type Image, isFailure, type Judgement, SyntraceError } from '@syntrace/core';
import { encodeThumbnail } from '@syntrace/image-io';
import type { JudgeEvent, JudgeJob, PictureFacts, Report } from '../engine/protocol.js';
import { decodeNamed } from './decode-named.js';
import type { Session } from './session.js';

/** Decodes a picture once and lets the detectors judge it one after another, so that the first answer comes early; where a server judges, it gets the file. A
 *  detector that fails says why in its own row. @throws the IMAGE_ errors and ABORTED; SERVER_UNREACHABLE and what a server refuses */
export async function judge({ name, file, detectors, preview }: JudgeJob, session: Session, report: Report<JudgeEvent>, signal: AbortSignal): Promise<void> {
  const start = performance.now();
  const ms = () => performance.now() - start;
  const image = await decodeNamed({ name, file }, { keepEncoded: true, signal });
  await report({ type: 'decoded', facts: factsOf(image), ms: ms() });
  const [first, ...others] = detectors;
  const detection = (id: string) => session.remote?.judge({ name, file }, id, signal) ?? ownDetection(id, image, session, signal);
  if (first !== undefined) await report({ type: 'detection', detection: await detection(first), ms: ms() });
  if (preview > 0) await report({ type: 'preview', picture: await smallCopy(image, preview, session) });
  for (const id of others) await report({ type: 'detection', detection: await detection(id), ms: ms() });
}

function factsOf({ width, height, source, warnings }: Image): PictureFacts {
  const { format, bytes, decoder, jpeg } = source;
  return { width, height, format, bytes, decoder, jpeg, warnings };
}

/** Its evidence stays here: it is drawn on demand. */
async function ownDetection(id: string, image: Image, { syntrace }: Session, signal: AbortSignal): Promise<Detection> {
  const version = syntrace.registry.versionOf(id);
  try {
    for await (const outcome of syntrace.detectAll([image], { detectors: [id], signal }))
      return isFailure(outcome) ? failedDetection(id, version, outcome.error) : asDetection(id, version, outcome, image);
    throw new SyntraceError('ABORTED');
  } catch (error) {
    if (SyntraceError.is(error, 'ABORTED') || !SyntraceError.is(error)) throw error;
    return failedDetection(id, version, error);
  }
}

function asDetection(id: string, version: string, judgement: Judgement, image: Image): Detection {
  const own = judgement.detectors.find(each => each.id === id);
  const { score, probability, threshold, verdict, realShare, warnings } = judgement;
  const answer = own ?? { score, probability, threshold, verdict, realShare, warnings: warnings.filter(each => !image.warnings.includes(each)) };
  return { ...answer, id, version, ms: own?.ms ?? judgement.detectors.reduce((sum, each) => sum + each.ms, 0), evidence: null };
}

export async function smallCopy({ width, height, channels, data }: Image, side: number, { syntrace }: Session): Promise<Uint8Array> {
  const kernels = await syntrace.kernels();
  const whole = kernels.tensor('u8', data, [height, width, channels]);
  const small = await kernels.thumbnail(whole, side).finally(() => kernels.free(whole));
  const [h, w] = small.shape as [number, number, number];
  return encodeThumbnail({ width: w, height: h, data: await kernels.read(small).finally(() => kernels.free(small)) });
}
