import { type Detector, type DetectorContext, type OpenDetector, SyntraceError, scoreOf } from '@syntrace/core';
import { checkDescription, type Description } from './description.js';
import type { OnnxEvidence } from './evidence.js';
import { explain } from './explain.js';
import { answersOf } from './judge.js';
import { scoreIn } from './output.js';
import { leastSize, shownSize } from './view.js';

/** A detector out of an ONNX classifier, without code.
 *  @param description  the model card as JSON; its `preprocessing` is an {@link OnnxPreprocessing}, its `files` name the one `.onnx` file with its
 *    sha256. The score is the log-odds of synthetic against real, float32 of the network; threshold, calibration and the rest come from the card
 *  @param model  where the file lies, or its bytes. As `new URL('../model/model.onnx', import.meta.url)` bundlers find it too
 *  @throws ARTIFACT_INVALID with the field that is wrong; opening it: MODEL_RUNTIME_MISSING, ARTIFACT_CHECKSUM and what the runtime throws */
export function onnxDetector(description: Readonly<Record<string, unknown>>, model: URL | Uint8Array): Detector<OnnxEvidence> {
  const described = checkDescription(description);
  const { card, how } = described;
  return {
    id: card.detector,
    description: card.method,
    unit: 'image',
    requires: { minimumSize: leastSize(how.view) },
    open: context => openOn(described, model, context),
    card: async () => card,
  };
}

async function openOn({ card, how, file }: Description, model: URL | Uint8Array, { models, loadAsset }: DetectorContext): Promise<OpenDetector<OnnxEvidence>> {
  if (!models)
    throw new SyntraceError('MODEL_RUNTIME_MISSING', {
      detail: 'this host was made without a model runtime',
      remedy: 'In a browser pass `models` of @syntrace/model-runtime to createSyntrace.',
    });
  const bytes = model instanceof URL ? await load(model, file, loadAsset) : model;
  const session = await models.open({ name: file, bytes, sha256: card.files[file]!, ...(card.recorded && { recorded: card.recorded }) });
  return {
    async detect(batch, run) {
      const answers = await answersOf(batch, how, session, run);
      return answers.map((answer, i) => {
        const evidence = { shown: shownSize(how.view, batch[i]!), output: [...answer] };
        return scoreOf(scoreIn(answer, how.output), card, evidence);
      });
    },
    explain: (image, run) => explain(image, how, session, run),
    close: () => session.close(),
  };
}

async function load(url: URL, file: string, loadAsset: DetectorContext['loadAsset']): Promise<Uint8Array> {
  try {
    return await loadAsset(url);
  } catch (error) {
    throw new SyntraceError('ARTIFACT_MISSING', { file }, error);
  }
}
