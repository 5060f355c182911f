import { abstain, scoreOf } from '../artifact/verdict.js';
import type { Detection, Detector, DetectorContext, OpenDetector, Run, Score } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import { SyntraceError } from '../errors.js';
import { type Member, type MemberResult, openMember, runMember } from '../run/member.js';
import { combine } from './combine.js';
import type { EnsembleSpec } from './spec.js';

export interface EnsembleEvidence {
  readonly members: readonly Detection[];
}

/** Where an ensemble finds its members: a registry, usually. */
export interface MemberSource {
  detector(id: string): Detector;
  versionOf(id: string): string;
}

/** An ensemble as a detector, so ensembles nest. Members judge the same batch and share its intermediates; a member that fails is left out with a warning. */
export function ensembleDetector(spec: EnsembleSpec, source: MemberSource): Detector<EnsembleEvidence> {
  const detectors = spec.members.map(member => source.detector(member.id));
  const collections = detectors.filter(detector => detector.unit === 'collection').map(detector => detector.id);
  if (collections.length > 0) throw new SyntraceError('ENSEMBLE_INVALID', { detail: `${collections.join(', ')} judges collections, an ensemble judges single images` });
  return {
    id: spec.id,
    description: `Ensemble of ${spec.members.map(member => member.id).join(', ')}`,
    unit: 'image',
    requires: { minimumSize: { width: 1, height: 1 } },
    open: async context => open(spec, await openAll(detectors, source, context)),
  };
}

async function openAll(detectors: readonly Detector[], source: MemberSource, context: DetectorContext): Promise<readonly Member[]> {
  const members: Member[] = [];
  try {
    for (const detector of detectors) members.push(await openMember(detector, source.versionOf(detector.id), context));
    return members;
  } catch (error) {
    await closeAll(members);
    throw error;
  }
}

const closeAll = (members: readonly Member[]) => Promise.allSettled(members.map(member => member.open.close()));

function open(spec: EnsembleSpec, members: readonly Member[]): OpenDetector<EnsembleEvidence> {
  return {
    async detect(batch, run) {
      const columns = await Promise.all(members.map(member => runMember(member, batch, run)));
      return batch.map((image, i) =>
        judge(
          spec,
          image,
          columns.map((column, m) => asDetection(column[i]!, members[m]!)),
        ),
      );
    },
    async explain(image: Image, run: Run) {
      const drawn = await Promise.all(members.map(member => member.open.explain?.(image, run) ?? []));
      return drawn.flat();
    },
    close: async () => void (await closeAll(members)),
  };
}

function judge(spec: EnsembleSpec, image: Image, members: readonly Detection[]): Score<EnsembleEvidence> {
  const failed = members.filter(member => member.warnings.some(warning => warning.code === 'DETECTOR_FAILED'));
  if (failed.length === members.length) throw new SyntraceError('DETECTOR_FAILED', { id: spec.id, stage: 'detect', uri: image.source.uri, detail: failed[0]!.warnings[0]!.message });
  const warnings = members.flatMap(member => member.warnings);
  const score = combine(spec, members);
  if (score === null) {
    const answer = abstain({ code: 'ENSEMBLE_ABSTAINED', message: 'too few of its members gave a probability' }, { members });
    return { ...answer, warnings: [...answer.warnings, ...warnings] };
  }
  const calibration = spec.calibration ?? { method: 'platt', slope: 1, intercept: 0 };
  return scoreOf(score, { ...spec, calibration }, { members }, warnings);
}

/** A failed member becomes an abstention that says why. */
function asDetection(result: MemberResult, member: Member): Detection {
  if (!SyntraceError.is(result)) return result;
  const score = abstain({ code: 'DETECTOR_FAILED', message: result.message }, null);
  return { ...score, id: member.detector.id, version: member.version, ms: 0 };
}
