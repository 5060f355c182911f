import { type Artifact, abstain, type Detector, type DetectorContext, type Image, loadArtifact, type OpenDetector, type Run, type Score } from '@syntrace/core';
import type { MaskSimEvidence } from './evidence.js';
import { explain } from './explain.js';
import { importableDenoiser, importableFiles } from './import/importable.js';
import { decide, decideAsPublished } from './judge/decide.js';
import { type Looked, look, OpenModel } from './judge/open-model.js';
import { DETECTOR_ID, type Model, modelOf } from './model/model.js';
import { SHIPPED_LEAST, shippedArtifact } from './model/shipped.js';
import { trainableWith } from './train/fit.js';

export interface MaskSimOptions {
  /** Imported or trained weights: a folder with `model.json` and the files it names, or all in memory. Default: those that ship with this package. */
  readonly weights?: URL | Artifact;
  /** Decide as the published single-picture program does. */
  readonly compat?: boolean;
}

/** Judges by masked spectrum similarity (Li et al., CVPR workshops 2024). With the shipped weights it judges only when it is named: its denoiser needs ONNX Runtime, which is the user's to
 *  install. Pictures below the smallest window of the weights get an abstention. */
export function maskSimDetector({ weights, compat = false }: MaskSimOptions = {}): Detector<MaskSimEvidence> {
  const artifact = async ({ loadAsset }: Pick<DetectorContext, 'loadAsset'>): Promise<Artifact> =>
    weights instanceof URL ? await loadArtifact(weights, loadAsset) : (weights ?? (await shippedArtifact()));
  const least = weights === undefined ? SHIPPED_LEAST : 1;
  return {
    id: DETECTOR_ID,
    description:
      'Spectrum of the noise under a learned mask, compared with a reference of each known generator: finds the traces that a generator leaves, and says whose',
    unit: 'image',
    requires: { minimumSize: { width: least, height: least } },
    byDefault: weights !== undefined,
    open: async context => openOn(modelOf(await artifact(context)), compat, context),
    card: async context => (await artifact(context)).card,
    importable: importableDenoiser,
    importableFiles,
    trainable: trainableWith(artifact),
  };
}

async function openOn(model: Model, compat: boolean, context: DetectorContext): Promise<OpenDetector<MaskSimEvidence>> {
  const open = await OpenModel.on(model, context);
  const judged = async (image: Image, run: Run): Promise<{ readonly score: Score<MaskSimEvidence>; readonly looked: Looked | null }> => {
    const looked = await look(image, open, run);
    if ('code' in looked) return { score: abstain(looked, { window: { x: 0, y: 0, width: 0, height: 0 }, generators: [], resembles: '' }), looked: null };
    const { near, set, window } = looked;
    return { score: compat ? decideAsPublished(near, set, window) : decide(near, set, window, model.card.threshold), looked };
  };
  return {
    // One after the other: a window's planes are large.
    async detect(batch, run) {
      const scores: Score<MaskSimEvidence>[] = [];
      const phase = `pictures, ${open.timeOf(model.sets[0]!)} for a large one`;
      run.progress?.({ phase, done: 0, total: batch.length });
      for (const image of batch) {
        scores.push((await judged(image, run)).score);
        run.progress?.({ phase, done: scores.length, total: batch.length });
      }
      return scores;
    },
    async explain(image, run) {
      const { score, looked } = await judged(image, run);
      return looked ? explain(image, looked, score.evidence, open, run) : [];
    },
    close: () => open.close(),
  };
}
