import { type DetectorContext, type ModelFile, type ModelRuntime, type RecordedRun, recordedInput, SyntraceError, sha256 } from '@syntrace/core';
import { denoiserFrontEnd, type FrontEnd, waveletFrontEnd } from '../judge/front-end.js';
import { WAVELET } from '../model/model.js';
import { shippedDenoiser } from '../model/shipped.js';
import { centredState } from '../network/centre.js';
import { CENTRED, marginOf } from '../network/networks.js';
import type { TrainingSettings } from './options.js';

/** A denoiser as an artifact keeps it. */
export type Denoiser = ModelFile & { readonly margin: number; readonly recorded: RecordedRun };

const [SEED, TOLERANCE] = [1, 1e-3];

/** The front end that the settings name, and its file. @throws USAGE for the published denoiser without --from, and whatever opening a model throws */
export async function frontEndFor(
  { preprocess }: TrainingSettings,
  context: DetectorContext,
): Promise<{ readonly frontEnd: FrontEnd; readonly denoiser: Denoiser | null }> {
  if (preprocess === WAVELET) return { frontEnd: waveletFrontEnd, denoiser: null };
  const denoiser = preprocess === 'own' ? await shippedDenoiser() : await givenDenoiser(context);
  return { frontEnd: await denoiserFrontEnd(denoiser, denoiser.margin, context.models), denoiser };
}

/** The published denoiser of --from, folded and centred. */
async function givenDenoiser({ initial, models }: DetectorContext): Promise<Denoiser> {
  if (!initial) throw new SyntraceError('USAGE', { detail: 'preprocess=DnCNN needs the published denoiser: --from FILE' });
  if (!models) throw new SyntraceError('MODEL_RUNTIME_MISSING', { detail: 'nothing here runs models', remedy: 'Add @syntrace/model-runtime.' });
  const bytes = await models.exported(CENTRED, centredState(initial));
  const file = { name: 'denoiser-dncnn.onnx', bytes, sha256: await sha256(bytes) };
  const margin = marginOf(CENTRED);
  const shape = [1, 3, 2 * margin + 2, 2 * margin + 2];
  return { ...file, margin, recorded: await answerOf(file, shape, models) };
}

async function answerOf(file: ModelFile, shape: readonly number[], models: ModelRuntime): Promise<RecordedRun> {
  const session = await models.open(file);
  try {
    const answer = await session.run({ [session.inputs[0]!]: recordedInput({ seed: SEED, shape }) });
    return { seed: SEED, shape, output: [...answer[session.outputs[0]!]!.data], tolerance: TOLERANCE };
  } finally {
    await session.close();
  }
}
