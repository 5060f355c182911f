import { type Artifact, type Importable, type ModelRuntime, type Proof, SyntraceError, sha256 } from '@syntrace/core';
import { readCheckpoint } from '../checkpoint/read-checkpoint.js';
import { fitState } from '../network/fit-state.js';
import { type EncoderFile, importEncoded } from './import-encoded.js';
import { exportRecorded, layoutOf, MODEL_FILE, prove } from './prove.js';

/** What an import gave, and what it rests on. */
export interface Imported {
  readonly artifact: Artifact;
  /** Format and wrapping of the file, for people. */
  readonly layout: string;
  /** How far the seeded network was from its official implementation on this machine; `null` for an encoder that came as ONNX, which is run as it is. */
  readonly proof: Proof | null;
}

/** Turns a published checkpoint into `model.onnx` and its card. First the network with seeded weights must answer here as its official implementation
 *  does; then the checkpoint's state, complete and with every shape, is exported and its answer recorded. `encoder`: the file of an encoder of pictures, for a detector
 *  whose checkpoint holds the head alone. O(parameters)
 *  @throws CHECKPOINT_INVALID, CHECKPOINT_UNSAFE, CHECKPOINT_MISMATCH, IMPORT_PROOF, USAGE for an encoder that is not wanted, and whatever opening a model throws */
export async function importCheckpoint(
  bytes: Uint8Array,
  file: string,
  importable: Importable,
  models: ModelRuntime,
  encoder?: EncoderFile,
): Promise<Imported> {
  const { network, ignored, head } = importable;
  if (head) return importEncoded({ bytes, file }, encoder, { ...importable, head }, models);
  if (encoder) throw new SyntraceError('USAGE', { detail: `${network.name} is one file, there is no encoder beside it` });
  const { tensors, wrapper, format } = readCheckpoint(bytes, file);
  const { state, prefix } = fitState(tensors, network, ignored, file);
  const proof = await prove(importable.proof.network ?? network, importable.proof, models);
  const layout = layoutOf({ format, wrapper, prefix });
  const card = importable.card({ file, sha256: await sha256(bytes), layout });
  const { recorded, ...model } = await exportRecorded(network, state, importable.recordedShape, models);
  return { artifact: { card: { ...card, files: { [MODEL_FILE]: model.sha256 }, recorded }, files: new Map([[MODEL_FILE, model.bytes]]) }, layout, proof };
}
