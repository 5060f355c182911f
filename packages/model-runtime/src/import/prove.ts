import {
  type ModelFile,
  type ModelRuntime,
  type Network,
  type Proof,
  type RecordedRun,
  type StoredTensor,
  SyntraceError,
  seededState,
  sha256,
} from '@syntrace/core';
import { networkToOnnx } from '../network/to-onnx.js';
import { answerOf, differenceOf } from '../runtime/recorded.js';

/** Name of the file beside `model.json`. */
export const MODEL_FILE = 'model.onnx';

/** How a checkpoint wraps its state, for people. */
export const layoutOf = ({ format, wrapper, prefix }: { readonly format: string; readonly wrapper: string | null; readonly prefix: string }): string =>
  [format, ...(wrapper ? [`entry "${wrapper}"`] : []), ...(prefix ? [`prefix "${prefix}"`] : [])].join(', ');

/** Seed of the answer that is recorded for weights. */
const RECORD_SEED = 1;
/** Providers differ by rounding: a difference above this is another computation. */
const TOLERANCE = 1e-3;

/** Lets a network with seeded weights answer here. @throws IMPORT_PROOF when it does not answer as recorded */
export const prove = (network: Network, proof: { readonly seed: number; readonly run: RecordedRun }, models: ModelRuntime): Promise<Proof> =>
  proveState(network, seededState(network, proof.seed), proof.run, models);

/** The same with weights that are given. */
export async function proveState(
  network: Network,
  state: ReadonlyMap<string, StoredTensor<'f32'>>,
  recorded: RecordedRun,
  models: Pick<ModelRuntime, 'open'>,
): Promise<Proof> {
  const { answer, provider } = await run(await exported(network, state), recorded, models);
  const [difference, allowed] = [differenceOf(answer, recorded), recorded.tolerance];
  if (difference > allowed) throw new SyntraceError('IMPORT_PROOF', { network: network.name, difference: difference.toExponential(1), allowed });
  return { provider, difference, allowed };
}

/** A network with its weights as `model.onnx`, and its answer to an input that every platform can make again, for the card. O(parameters) */
export async function exportRecorded(
  network: Network,
  state: ReadonlyMap<string, StoredTensor<'f32'>>,
  shape: readonly number[],
  models: Pick<ModelRuntime, 'open'>,
): Promise<ModelFile & { readonly recorded: RecordedRun }> {
  return recordedFile(await exported(network, state), shape, models);
}

/** A model with its answer to an input that every platform can make again. */
export async function recordedFile(
  model: ModelFile,
  shape: readonly number[],
  models: Pick<ModelRuntime, 'open'>,
): Promise<ModelFile & { readonly recorded: RecordedRun }> {
  const { answer } = await run(model, { seed: RECORD_SEED, shape }, models);
  return { ...model, recorded: { seed: RECORD_SEED, shape, output: [...answer], tolerance: TOLERANCE } };
}

const exported = (network: Network, state: ReadonlyMap<string, StoredTensor<'f32'>>): Promise<ModelFile> => modelFile(networkToOnnx(network, state));

/** Bytes as `model.onnx`. */
export async function modelFile(bytes: Uint8Array): Promise<ModelFile> {
  return { name: MODEL_FILE, bytes, sha256: await sha256(bytes) };
}

async function run(
  model: ModelFile,
  recorded: Pick<RecordedRun, 'seed' | 'shape'>,
  models: Pick<ModelRuntime, 'open'>,
): Promise<{ answer: Float32Array; provider: string }> {
  const session = await models.open(model);
  try {
    return { answer: await answerOf(session, recorded), provider: session.provider };
  } finally {
    await session.close();
  }
}
