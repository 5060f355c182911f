import { abstain, scoreOf } from '../artifact/verdict.js';
import type { Detection, Detector, DetectorContext, Explanation, OpenDetector, Run, Score } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import { messageOf, SyntraceError } from '../errors.js';
import { closeMembers, type Member, type MemberResult, openMember, runMember, tooSmall } from '../run/member.js';
import { combine } from './combine.js';
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
      // All members come to rest before an abort or a trap goes on: none may work on in a run that has ended.
      const settled = await Promise.allSettled(members.map(member => runMember(member, batch, run)));
      const columns = settled.map(column => {
        if (column.status === 'rejected') throw column.reason;
        return column.value;
      });
      return batch.map((image, i) => {
        const results = columns.map(column => column[i]!);
        return judge(spec, image, results, members);
      });
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

function judge(spec: EnsembleSpec, image: Image, results: readonly MemberResult[], open: readonly Member[]): Score<EnsembleEvidence> {
  const failed = results.filter(result => SyntraceError.is(result));
  if (failed.length === results.length)
    throw new SyntraceError('DETECTOR_FAILED', { id: spec.id, stage: 'detect', uri: image.source.uri, detail: failed[0]!.message }, failed[0]);
  const members = results.map((result, m) => asDetection(result, open[m]!));
  const score = combine(spec, members);
  const alone = soleAnswer(spec, members);
  const isQuiet = (m: number) => (alone !== null || score !== null) && isSilentEvidence(spec, m, results[m]!);
  const warnings = members.flatMap((member, m) => (isQuiet(m) ? [] : member.warnings));
  if (alone) return { ...alone, warnings, evidence: { members } };
  if (score === null) {
    const answer = abstain({ code: 'ENSEMBLE_ABSTAINED', message: 'too few of its members gave a probability' }, { members });
    return { ...answer, warnings: [...answer.warnings, ...warnings] };
  }
  const calibration = spec.calibration ?? { method: 'platt', slope: 1, intercept: 0 };
  return scoreOf(score, { ...spec, calibration }, { members }, warnings);
}

/** Beside evidence that is silent, a single vote answers with its own threshold, band and share of real photographs, unless the ensemble brings its own. */
function soleAnswer(spec: EnsembleSpec, members: readonly Detection[]): Score | null {
  const { combine, calibration, abstention, threshold, realScoreQuantiles } = spec;
  const hasMeaning = combine.method !== 'mean' || calibration !== null || abstention !== null || threshold !== 0 || realScoreQuantiles.length > 0;
  const isVote = (_: unknown, m: number) => spec.members[m]!.role !== 'evidence';
  const [vote, ...others] = members.filter(isVote);
  const evidence = members.filter((_, m) => !isVote(_, m));
  if (hasMeaning || !vote || others.length > 0 || evidence.length === 0 || evidence.some(({ probability }) => probability !== null)) return null;
  const { score, probability, verdict, realShare } = vote;
  return { score, probability, threshold: vote.threshold, verdict, realShare, warnings: [], evidence: null };
}

/** Most pictures declare nothing: that is said on the member, not as a warning on every answer. */
const isSilentEvidence = (spec: EnsembleSpec, m: number, result: MemberResult): boolean =>
  spec.members[m]!.role === 'evidence' && !SyntraceError.is(result) && result.score === null;

/** A failed member becomes an abstention that says why. */
function asDetection(result: MemberResult, member: Member): Detection {
  if (!SyntraceError.is(result)) return result;
  const score = abstain({ code: 'DETECTOR_FAILED', message: result.message }, null);
  return { ...score, id: member.detector.id, version: member.version, ms: 0 };
}
