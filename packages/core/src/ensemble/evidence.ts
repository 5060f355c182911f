import type { Detection } from '../contract/detector.js';

export interface EnsembleEvidence {
  readonly members: readonly Detection[];
}

/** The single detections behind an answer: an ensemble's members, those of nested ensembles in their place. */
export function leavesOf(detection: Detection): readonly Detection[] {
  return isEnsembleEvidence(detection.evidence) ? detection.evidence.members.flatMap(leavesOf) : [detection];
}

/** By its shape, for ensembles may come from another copy of this package; evidence of other detectors may well have `members` too. */
function isEnsembleEvidence(evidence: unknown): evidence is EnsembleEvidence {
  const members = (evidence as Partial<EnsembleEvidence> | null | undefined)?.members;
  return Array.isArray(members) && members.length > 0 && members.every(isDetection);
}

const isDetection = (value: unknown): value is Detection =>
  typeof value === 'object' && value !== null && 'id' in value && 'version' in value && 'verdict' in value && 'probability' in value;
