import { type Artifact, type Importable, type ModelRuntime, sha256 } from '@syntrace/core';
import { readCheckpoint } from '../checkpoint/read-checkpoint.js';
import { fitState } from '../network/fit-state.js';
import { exportRecorded, MODEL_FILE, type Proof, prove } from './prove.js';

/** What an import gave, and what it rests on. */
export interface Imported {
  readonly artifact: Artifact;
  /** Format and wrapping of the file, for people. */
  readonly layout: string;
  /** How far the seeded network was from its official implementation on this machine. */
  readonly proof: Proof;
}

/** Turns a published checkpoint into `model.onnx` and its card. First the network with seeded weights must answer here as its official implementation
 *  does; then the checkpoint's state, complete and with every shape, is exported and its answer recorded. O(parameters)
 *  @throws CHECKPOINT_INVALID, CHECKPOINT_UNSAFE, CHECKPOINT_MISMATCH, IMPORT_PROOF, and whatever opening a model throws */
export async function importCheckpoint(bytes: Uint8Array, file: string, importable: Importable, models: ModelRuntime): Promise<Imported> {
  const { network, ignored } = importable;
  const { tensors, wrapper, format } = readCheckpoint(bytes, file);
  const { state, prefix } = fitState(tensors, network, ignored, file);
  const proof = await prove(network, importable.proof, models);
  const layout = [format, ...(wrapper ? [`entry "${wrapper}"`] : []), ...(prefix ? [`prefix "${prefix}"`] : [])].join(', ');
  const card = importable.card({ file, sha256: await sha256(bytes), layout });
  const { recorded, ...model } = await exportRecorded(network, state, importable.recordedShape, models);
  return { artifact: { card: { ...card, files: { [MODEL_FILE]: model.sha256 }, recorded }, files: new Map([[MODEL_FILE, model.bytes]]) }, layout, proof };
}
