import { baselineDetector, cnnSpotDetector, METHODS, type MethodId, univFdDetector } from '@syntrace/baselines';
import { type Artifact, type Detector, type Syntrace, SyntraceError } from '@syntrace/core';
import { frequencyDetector, residualsDetector } from '@syntrace/detector-frequency';
import { type MaskSimOptions, maskSimDetector } from '@syntrace/detector-masksim';
import { type NprOptions, nprDetector } from '@syntrace/detector-npr';
import type { Input } from './input.js';

/** How detectors look and decide. */
export type Look = Pick<NprOptions, 'look'> & Pick<MaskSimOptions, 'compat'>;

/** Detectors whose weights a user can make, by the id in the card. */
const TAKERS: Readonly<Record<string, (weights: Artifact, look: Look) => Detector>> = {
  ...Object.fromEntries(Object.keys(METHODS).map(id => [id, (weights: Artifact) => baselineDetector(id as MethodId, { weights })])),
  cnnspot: weights => cnnSpotDetector({ weights }),
  frequency: weights => frequencyDetector({ weights }),
  residuals: weights => residualsDetector({ weights }),
  npr: (weights, { look }) => nprDetector({ weights, ...(look && { look }) }),
  masksim: (weights, { compat }) => maskSimDetector({ weights, ...(compat && { compat }) }),
  univfd: weights => univFdDetector({ weights }),
};

/** The detector with these weights; nothing when no detector here takes weights of this kind. */
export function detectorWith(artifact: Artifact, look: Look = {}): Detector | null {
  const { detector: id } = artifact.card;
  return Object.hasOwn(TAKERS, id) ? TAKERS[id]!(artifact, look) : null;
}

/** Puts own weights in the place of the shipped ones, or of none; `place` is what errors call them. @throws USAGE for weights that no registered detector takes */
export function useArtifact(syntrace: Syntrace<Input>, artifact: Artifact, place: string, look: Look = {}): void {
  const detector = detectorWith(artifact, look);
  if (!detector || !useDetector(syntrace, detector))
    throw new SyntraceError('USAGE', { detail: `${place} is for the detector ${artifact.card.detector}, which takes none here` });
}

/** Puts a detector in the place of the registered one of its id; false when there is none. */
export function useDetector(syntrace: Syntrace<Input>, detector: Detector): boolean {
  const owner = syntrace.registry.plugins.find(plugin => plugin.detectors?.some(({ id }) => id === detector.id));
  if (owner) syntrace.use({ ...owner, detectors: owner.detectors!.map(each => (each.id === detector.id ? detector : each)) }, { replace: true });
  return owner !== undefined;
}
