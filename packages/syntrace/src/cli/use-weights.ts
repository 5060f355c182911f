import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Artifact, type Detector, type Syntrace, SyntraceError } from '@syntrace/core';
import { frequencyDetector } from '@syntrace/detector-frequency';
import { nprDetector } from '@syntrace/detector-npr';
import type { ImageInput } from '@syntrace/image-io';
import { artifactAt, createModelStore } from '@syntrace/model-runtime';
import { loadNodeAsset } from '../node-host.js';
import { lookNamed } from './look.js';

/** Detectors whose weights a user can make, by the id in the card. */
const TAKERS: Readonly<Record<string, (weights: Artifact, look?: string) => Detector>> = {
  frequency: weights => frequencyDetector({ weights }),
  npr: (weights, look) => nprDetector({ weights, ...lookNamed(look) }),
};

export interface OwnWeights {
  readonly artifact: Artifact;
  /** Nothing when no detector here takes weights of this kind. */
  readonly detector: Detector | null;
}

/** The weights in a folder or at an address, and the detector that takes them. @throws ARTIFACT_MISSING, ARTIFACT_INVALID, ARTIFACT_CHECKSUM, MODEL_UNREACHABLE */
export async function weightsAt(place: string, look?: string): Promise<OwnWeights> {
  const folder = /^https:/i.test(place) ? new URL(place) : pathToFileURL(`${resolve(place)}/`);
  const artifact = await artifactAt(folder, loadNodeAsset, createModelStore());
  const { detector: id } = artifact.card;
  return { artifact, detector: Object.hasOwn(TAKERS, id) ? TAKERS[id]!(artifact, look) : null };
}

/** Puts own weights in the place of the shipped ones, or of none. @throws USAGE for weights that no registered detector takes, and for a look that nothing takes */
export async function useWeights(syntrace: Syntrace<ImageInput>, places: readonly string[], look?: string): Promise<void> {
  const taken: string[] = [];
  for (const place of places) {
    const { artifact, detector } = await weightsAt(place, look);
    taken.push(artifact.card.detector);
    if (!detector || !useDetector(syntrace, detector))
      throw new SyntraceError('USAGE', { detail: `--weights: ${place} is for the detector ${artifact.card.detector}, which takes none here` });
  }
  if (look !== undefined && !taken.includes('npr')) throw new SyntraceError('USAGE', { detail: '--look and --compat are for npr: give its --weights' });
}

/** Puts a detector in the place of the registered one of its id; false when there is none. */
export function useDetector(syntrace: Syntrace<ImageInput>, detector: Detector): boolean {
  const owner = syntrace.registry.plugins.find(plugin => plugin.detectors?.some(({ id }) => id === detector.id));
  if (owner) syntrace.use({ ...owner, detectors: owner.detectors!.map(each => (each.id === detector.id ? detector : each)) }, { replace: true });
  return owner !== undefined;
}
