import { type Artifact, loadArtifact, SyntraceError } from '@syntrace/core';
import { importCheckpoint } from '@syntrace/model-runtime';
import type { Named } from '../engine/protocol.js';
import type { Session } from './session.js';

/** Turns a published checkpoint into weights, as `syntrace models import` does. @throws CHECKPOINT_…, IMPORT_PROOF, USAGE */
export async function importWeights(detector: string, { name, file }: Named, { syntrace }: Session): Promise<Artifact> {
  const { importable } = syntrace.registry.detector(detector);
  if (!importable) throw new SyntraceError('USAGE', { detail: `detector ${detector} takes no published weights` });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return (await importCheckpoint(bytes, name, importable, syntrace.models()!)).artifact;
}

/** Weights as `syntrace train` and `models import` write them: `model.json` and the files it names, each by its checksum. @throws ARTIFACT_… */
export function readArtifact(files: readonly Named[]): Promise<Artifact> {
  const folder = new URL('files:///weights/');
  return loadArtifact(folder, async url => {
    const name = url.pathname.split('/').at(-1);
    const found = files.find(each => each.name === name);
    if (!found) throw new Error(`${name} is not among the files`);
    return new Uint8Array(await found.file.arrayBuffer());
  });
}
