import type { Detector, DetectorContext, Explanation, OpenDetector, Run, Score } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import { messageOf, SyntraceError } from '../errors.js';
import { closeMembers, type Member, type MemberResult, openMember, tooSmall } from '../run/member.js';
import { asDetection, askAll } from './ask.js';
import { combineDetections } from './combine-detections.js';
import type { EnsembleEvidence } from './evidence.js';
import { checkEnsemble, type EnsembleSpec } from './spec.js';

/** Where an ensemble finds its members: a registry, usually. */
export interface MemberSource {
  detector(id: string): Detector;
  versionOf(id: string): string;
}

/** An ensemble as a detector, so ensembles nest. Members judge the same batch and share its intermediates; a member that fails is left out with a warning.
 *  @throws ENSEMBLE_INVALID, DETECTOR_UNKNOWN */
export function ensembleDetector(spec: EnsembleSpec, source: MemberSource): Detector<EnsembleEvidence> {
  checkEnsemble(spec);
  const detectors = spec.members.map(member => source.detector(member.id));
  const collections = detectors.filter(detector => detector.unit === 'collection').map(detector => detector.id);
  if (collections.length > 0)
    throw new SyntraceError('ENSEMBLE_INVALID', { detail: `${collections.join(', ')} judges collections, an ensemble judges single images` });
  return {
    id: spec.id,
    description: `Ensemble of ${spec.members.map(member => member.id).join(', ')}`,
    unit: 'image',
    requires: { minimumSize: { width: 1, height: 1 }, encodedBytes: detectors.some(detector => detector.requires.encodedBytes) },
    open: async context => open(spec, await openAll(detectors, source, context)),
  };
}

/** Opens a member. One that breaks while it opens fails on each picture, with its error, and harms none of the others; one that says what it lacks
 *  (weights, a runtime) by a typed error is refused. */
async function openOrFailing(detector: Detector, version: string, context: DetectorContext): Promise<Member & { readonly failed?: SyntraceError }> {
  try {
    return await openMember(detector, version, context);
  } catch (error) {
    if (!SyntraceError.is(error, 'DETECTOR_FAILED')) throw error;
    return { detector, version, failed: error, open: { detect: () => Promise.reject(error), close: async () => {} } };
  }
}

async function openAll(detectors: readonly Detector[], source: MemberSource, context: DetectorContext): Promise<readonly Member[]> {
  const members: (Member & { readonly failed?: SyntraceError })[] = [];
  try {
    for (const detector of detectors) members.push(await openOrFailing(detector, source.versionOf(detector.id), context));
    if (members.every(({ failed }) => failed)) throw members[0]!.failed;
    return members;
  } catch (error) {
    await closeMembers(members);
    throw error;
  }
}

function open(spec: EnsembleSpec, members: readonly Member[]): OpenDetector<EnsembleEvidence> {
  return {
    async detect(batch, run) {
      const results = await askAll(spec, members, batch, run);
      return batch.map((image, i) => judge(spec, image, results[i]!, members));
    },
    explain: async (image, run) => (await Promise.all(members.map(member => explainMember(member, image, run)))).flat(),
    close: () => closeMembers(members),
  };
}

/** A member that cannot explain is left out; the others' pictures stand. */
async function explainMember(member: Member, image: Image, run: Run): Promise<readonly Explanation[]> {
  if (tooSmall(member, image)) return [];
  try {
    return (await member.open.explain?.(image, run)) ?? [];
  } catch (error) {
    if (SyntraceError.is(error, 'KERNEL_TRAP') || run.signal.aborted) throw error;
    run.logger.warn(`detector ${member.detector.id} could not explain ${image.source.uri}: ${messageOf(error)}`);
    return [];
  }
}

function judge(spec: EnsembleSpec, image: Image, results: readonly (MemberResult | null)[], open: readonly Member[]): Score<EnsembleEvidence> {
  const failed = results.filter(result => SyntraceError.is(result));
  if (failed.length === results.filter(Boolean).length)
    throw new SyntraceError('DETECTOR_FAILED', { id: spec.id, stage: 'detect', uri: image.source.uri, detail: failed[0]!.message }, failed[0]);
  return combineDetections(
    spec,
    results.map((result, m) => result && asDetection(result, open[m]!)),
  );
}
