import { type Importable, type ImportableHead, type ModelFile, type ModelRuntime, type StoredTensor, SyntraceError, sha256 } from '@syntrace/core';
import { readCheckpoint } from '../checkpoint/read-checkpoint.js';
import type { CheckpointTensor } from '../checkpoint/tensors.js';
import { fitState, fitted } from '../network/fit-state.js';
import { networkToOnnx } from '../network/to-onnx.js';
import { withHead } from '../network/with-head.js';
import { onnxProblem } from '../onnx/scan.js';
import { answerOf } from '../runtime/recorded.js';
import type { Imported } from './import-checkpoint.js';
import { layoutOf, MODEL_FILE, modelFile, prove, recordedFile } from './prove.js';

/** The file of an encoder: a checkpoint that holds it, or ONNX. */
export interface EncoderFile {
  readonly bytes: Uint8Array;
  readonly file: string;
}

type Encoded = Importable & { readonly head: ImportableHead };

/** Name of the head's layer. */
const HEAD = 'fc';

/** A head behind an encoder: both out of one checkpoint, or the encoder out of a file of its own. @throws as `importCheckpoint` */
export async function importEncoded(
  { bytes, file }: EncoderFile,
  encoder: EncoderFile | undefined,
  importable: Encoded,
  models: ModelRuntime,
): Promise<Imported> {
  const source = encoder ?? { bytes, file };
  const own = readCheckpoint(bytes, file);
  const head = headIn(own.tensors, importable, file);
  const said = `head: ${layoutOf({ ...own, prefix: '' })}`;
  const isOnnx = encoder !== undefined && onnxProblem(encoder.bytes) === null;
  const made = isOnnx ? await behindOnnx(encoder, head, importable, models) : await behindState(source, head, importable, models);
  const layout = `${said}; encoder${encoder ? ` ${encoder.file}, sha256 ${await sha256(encoder.bytes)}` : ''}: ${made.layout}`;
  const card = importable.card({ file, sha256: await sha256(bytes), layout });
  const { recorded, ...model } = made.model;
  return {
    artifact: { card: { ...card, files: { [MODEL_FILE]: model.sha256 }, recorded: recorded! }, files: new Map([[MODEL_FILE, model.bytes]]) },
    layout,
    proof: made.proof,
  };
}

interface Made extends Pick<Imported, 'layout' | 'proof'> {
  readonly model: ModelFile;
}

type Head = ReadonlyMap<string, StoredTensor<'f32'>>;

/** The encoder's state as layers. Weights that came in half precision are kept so, which loses nothing. */
async function behindState(
  { bytes, file }: EncoderFile,
  head: Head,
  { network, ignored, proof, head: how, recordedShape }: Encoded,
  models: ModelRuntime,
): Promise<Made> {
  const { tensors, wrapper, format } = readCheckpoint(bytes, file);
  const { state, prefix } = fitState(tensors, network, ignored, file, { part: true });
  const proved = await prove(proof.network ?? network, proof, models);
  const isHalf = [...tensors].some(([name, { dtype }]) => dtype === 'float16' && state.has(name.slice(prefix.length)));
  const encoder = networkToOnnx(network, state, isHalf ? 'f16' : 'f32');
  const model = await recordedFile(await modelFile(withHead(encoder, network.output.name, head, how.output)), recordedShape, models);
  return { model, layout: layoutOf({ format, wrapper, prefix }), proof: proved };
}

/** A ready encoder as it is, with the head added to its graph. */
async function behindOnnx({ bytes, file }: EncoderFile, head: Head, { network, head: how, recordedShape }: Encoded, models: ModelRuntime): Promise<Made> {
  const { answer, output } = await firstAnswer(await modelFile(bytes), recordedShape, models);
  const rows = recordedShape[0]!;
  if (answer.length !== rows * how.features)
    throw new SyntraceError('CHECKPOINT_MISMATCH', {
      file,
      network: network.name,
      detail: `its output ${output} has ${answer.length / rows} values for a picture, expected ${how.features}`,
    });
  const model = await recordedFile(await modelFile(withHead(bytes, output, head, how.output)), recordedShape, models);
  return { model, layout: `ONNX, features "${output}"`, proof: null };
}

async function firstAnswer(model: ModelFile, shape: readonly number[], models: ModelRuntime): Promise<{ answer: Float32Array; output: string }> {
  const session = await models.open(model);
  try {
    return { answer: await answerOf(session, { seed: 1, shape }), output: session.outputs[0]! };
  } finally {
    await session.close();
  }
}

/** The head's two parameters under the layer's names. @throws CHECKPOINT_MISMATCH */
function headIn(tensors: ReadonlyMap<string, CheckpointTensor>, { network, head: { names, features } }: Encoded, file: string): Head {
  const refuse = (detail: string): never => {
    throw new SyntraceError('CHECKPOINT_MISMATCH', { file, network: `the head of ${network.name}`, detail });
  };
  const pair = names.find(both => both.every(name => tensors.has(name)));
  if (!pair) return refuse(`it has none of ${names.map(both => both.join(' and ')).join('; ')}`);
  const [weight, bias] = pair.map(name => tensors.get(name)!) as [CheckpointTensor, CheckpointTensor];
  return new Map([
    [`${HEAD}.weight`, fitted({ name: pair[0], shape: [1, features], role: 'linear' }, weight, true, refuse)],
    [`${HEAD}.bias`, fitted({ name: pair[1], shape: [1], role: 'bias' }, bias, true, refuse)],
  ]);
}
