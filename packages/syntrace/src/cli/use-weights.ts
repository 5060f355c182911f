import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Artifact, type Detector, type Syntrace, SyntraceError } from '@syntrace/core';
import { artifactAt, createModelStore } from '@syntrace/model-runtime';
import type { Input } from '../input.js';
import { loadNodeAsset } from '../node-host.js';
import { detectorWith, type Look, useArtifact } from '../weights.js';
import { lookNamed } from './look.js';

export interface OwnWeights {
  readonly artifact: Artifact;
  /** Nothing when no detector here takes weights of this kind. */
  readonly detector: Detector | null;
}

/** The weights in a folder or at an address, and the detector that takes them. @throws ARTIFACT_MISSING, ARTIFACT_INVALID, ARTIFACT_CHECKSUM, MODEL_UNREACHABLE */
export async function weightsAt(place: string, look: Look = {}): Promise<OwnWeights> {
  const folder = /^https:/i.test(place) ? new URL(place) : pathToFileURL(`${resolve(place)}/`);
  const artifact = await artifactAt(folder, loadNodeAsset, createModelStore());
  return { artifact, detector: detectorWith(artifact, look) };
}

/** Puts own weights in the place of the shipped ones, or of none. @throws USAGE for weights that no registered detector takes, and for a look that nothing takes */
export async function useWeights(syntrace: Syntrace<Input>, places: readonly string[], { look, asPublished }: LookOptions = {}): Promise<void> {
  const taken: string[] = [];
  const how = { ...lookNamed(look), ...(asPublished && { compat: true }) };
  for (const place of places) {
    const { artifact } = await weightsAt(place, how);
    taken.push(artifact.card.detector);
    useArtifact(syntrace, artifact, `--weights: ${place}`, how);
  }
  if (look !== undefined && !taken.includes('npr')) throw new SyntraceError('USAGE', { detail: '--look and --compat are for npr: give its --weights' });
  if (asPublished && !taken.includes('masksim')) throw new SyntraceError('USAGE', { detail: '--compat is for masksim: give its --weights' });
}

/** As options of the command line. */
export interface LookOptions {
  /** How the NPR detector looks at pictures. */
  readonly look?: string;
  /** Whether the MaskSim detector decides as published. */
  readonly asPublished?: boolean;
}
