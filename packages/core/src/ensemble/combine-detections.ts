import { abstain, scoreOf } from '../artifact/verdict.js';
import type { Detection, Score } from '../contract/detector.js';
import type { SyntraceError } from '../errors.js';
import { type Asked, combine, nextVote } from './combine.js';
import type { EnsembleEvidence } from './evidence.js';
import type { EnsembleSpec } from './spec.js';

/** What an ensemble says, given what its members said, in the order of `spec.members`, `null` where one was not asked: the same answer as when it judges by
 *  itself (of a cascade those that it would not have asked are left out). Weights and thresholds can so be tried on detections that are there already. O(members) */
export function combineDetections(spec: EnsembleSpec, given: readonly Asked[]): Score<EnsembleEvidence> {
  const members = spec.combine.method === 'cascade' ? askedOf(spec, given) : given;
  const { score, added } = combine(spec, members);
  const alone = soleAnswer(spec, members);
  const isQuiet = (m: number) => (alone !== null || score !== null) && isSilentEvidence(spec, m, members[m]!);
  const warnings = members.flatMap((member, m) => (!member || isQuiet(m) ? [] : member.warnings));
  const evidence = { members: members.flatMap((member, m) => (member ? [added.has(m) ? { ...member, added: added.get(m)! } : member] : [])) };
  if (alone) return { ...alone, warnings, evidence };
  if (score === null) {
    const answer = abstain({ code: 'ENSEMBLE_ABSTAINED', message: 'too few members answered' }, evidence);
    return { ...answer, warnings: [...warnings, ...answer.warnings] };
  }
  const calibration = spec.calibration ?? { method: 'platt', slope: 1, intercept: 0 };
  return scoreOf(score, { ...spec, calibration }, evidence, warnings);
}

/** The answers of those that a cascade asks. */
function askedOf(spec: EnsembleSpec, given: readonly Asked[]): readonly Asked[] {
  const asked: Asked[] = given.map((member, m) => (spec.members[m]!.role === 'evidence' ? member : null));
  for (let next = nextVote(spec, asked); next >= 0 && given[next]; next = nextVote(spec, asked)) asked[next] = given[next]!;
  return asked;
}

/** A member that failed, as an abstention that says why. */
export const failedDetection = (id: string, version: string, { message }: SyntraceError): Detection => ({
  ...abstain({ code: FAILED, message }, null),
  id,
  version,
  ms: 0,
});

const FAILED = 'DETECTOR_FAILED';

/** Beside evidence that is silent, a single vote answers with its own threshold, band and share of real photographs, unless the ensemble brings its own. */
function soleAnswer(spec: EnsembleSpec, members: readonly Asked[]): Score | null {
  const { combine, calibration, abstention, threshold, realScoreQuantiles } = spec;
  const hasMeaning = combine.method !== 'mean' || calibration !== null || abstention !== null || threshold !== 0 || realScoreQuantiles.length > 0;
  const isVote = (_: unknown, m: number) => spec.members[m]!.role !== 'evidence';
  const [vote, ...others] = members.filter(isVote);
  const evidence = members.filter((_, m) => !isVote(_, m));
  if (hasMeaning || !vote || others.length > 0 || evidence.length === 0 || evidence.some(member => member && member.probability !== null)) return null;
  const { score, probability, verdict, realShare } = vote;
  return { score, probability, threshold: vote.threshold, verdict, realShare, warnings: [], evidence: null };
}

/** Most pictures declare nothing: that is said on the member, not as a warning on every answer. A failure is no silence. */
const isSilentEvidence = (spec: EnsembleSpec, m: number, { score, warnings }: Detection): boolean =>
  spec.members[m]!.role === 'evidence' && score === null && !warnings.some(({ code }) => code === FAILED);
