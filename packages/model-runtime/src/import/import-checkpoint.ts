import {
  type Artifact,
  type Importable,
  type ModelFile,
  type ModelRuntime,
  type Network,
  type RecordedRun,
  type StoredTensor,
  SyntraceError,
  seededState,
  sha256,
} from '@syntrace/core';
import { readCheckpoint } from '../checkpoint/read-checkpoint.js';
import { fitState } from '../network/fit-state.js';
import { networkToOnnx } from '../network/to-onnx.js';
import { answerOf, differenceOf } from '../runtime/recorded.js';

/** Name of the file beside `model.json`. */
export const MODEL_FILE = 'model.onnx';

/** What an import gave, and what it rests on. */
export interface Imported {
  readonly artifact: Artifact;
  /** Format and wrapping of the file, for people. */
  readonly layout: string;
  /** How far the seeded network was from its official implementation on this machine. */
  readonly proof: { readonly provider: string; readonly difference: number; readonly allowed: number };
}

/** Seed of the answer that is recorded for the imported weights. */
const RECORD_SEED = 1;
/** Providers differ by rounding: a difference above this is another computation. */
const TOLERANCE = 1e-3;

/** Turns a published checkpoint into `model.onnx` and its card. First the network with seeded weights must answer here as its official implementation
 *  does; then the checkpoint's state, complete and with every shape, is exported and its answer recorded. O(parameters)
 *  @throws CHECKPOINT_INVALID, CHECKPOINT_UNSAFE, CHECKPOINT_MISMATCH, IMPORT_PROOF, and whatever opening a model throws */
export async function importCheckpoint(bytes: Uint8Array, file: string, importable: Importable, models: ModelRuntime): Promise<Imported> {
  const { network, ignored } = importable;
  const { tensors, wrapper, format } = readCheckpoint(bytes, file);
  const { state, prefix } = fitState(tensors, network, ignored, file);
  const proof = await prove(importable, models);
  const layout = [format, ...(wrapper ? [`entry "${wrapper}"`] : []), ...(prefix ? [`prefix "${prefix}"`] : [])].join(', ');
  const card = importable.card({ file, sha256: await sha256(bytes), layout });
  const model = await exported(network, state);
  const shape = importable.recordedShape;
  const { answer } = await run(model, { seed: RECORD_SEED, shape }, models);
  const recorded: RecordedRun = { seed: RECORD_SEED, shape, output: [...answer], tolerance: TOLERANCE };
  return { artifact: { card: { ...card, files: { [MODEL_FILE]: model.sha256 }, recorded }, files: new Map([[MODEL_FILE, model.bytes]]) }, layout, proof };
}

async function prove({ network, proof }: Importable, models: ModelRuntime): Promise<Imported['proof']> {
  const { answer, provider } = await run(await exported(network, seededState(network, proof.seed)), proof.run, models);
  const [difference, allowed] = [differenceOf(answer, proof.run), proof.run.tolerance];
  if (difference > allowed) throw new SyntraceError('IMPORT_PROOF', { network: network.name, difference: difference.toExponential(1), allowed });
  return { provider, difference, allowed };
}

async function exported(network: Network, state: ReadonlyMap<string, StoredTensor<'f32'>>): Promise<ModelFile> {
  const bytes = networkToOnnx(network, state);
  return { name: MODEL_FILE, bytes, sha256: await sha256(bytes) };
}

async function run(model: ModelFile, recorded: Pick<RecordedRun, 'seed' | 'shape'>, models: ModelRuntime): Promise<{ answer: Float32Array; provider: string }> {
  const session = await models.open(model);
  try {
    return { answer: await answerOf(session, recorded), provider: session.provider };
  } finally {
    await session.close();
  }
}
