import { type Artifact, type Detector, type DetectorContext, loadArtifact, type OpenDetector } from '@syntrace/core';
import { openClassifier } from './classifier/judge.js';
import { isClassifier, preprocessingOf } from './classifier/meaning.js';
import { type Classifier, classifierOf } from './classifier/model.js';
import { importableClassifiers } from './classifier/recognise.js';
import type { FrequencyEvidence } from './evidence.js';
import { explain } from './explain.js';
import { TILES } from './features.js';
import { openLinear } from './judge.js';
import { type Model, modelOf } from './model.js';
import { shippedArtifact } from './shipped.js';
import { trainable } from './train.js';
import { LEAST_SIDE } from './windows.js';

export interface FrequencyOptions {
  /** Folder with `model.json` and `model.safetensors`, or both in memory. Default: the weights that ship with the package. */
  readonly weights?: URL | Artifact;
  /** Of a classifier of whole windows: takes the place of the mean and deviation that it came with, [channels, size, size]. */
  readonly statistics?: Pick<Classifier, 'mean' | 'deviation'>;
}

/** Judges by log-scaled DCT spectra (after Frank et al., ICML 2020): of tiles by a linear model, as shipped; of whole windows by one of the published
 *  classifiers, with weights that were trained or imported. @throws ARTIFACT_INVALID for weights whose card is not usable */
export function frequencyDetector({ weights, statistics }: FrequencyOptions = {}): Detector<FrequencyEvidence> {
  const load = async ({ loadAsset }: Pick<DetectorContext, 'loadAsset'>): Promise<Model | Classifier> => {
    const artifact = weights instanceof URL ? await loadArtifact(weights, loadAsset) : (weights ?? (await shippedArtifact()));
    return isClassifier(artifact.card) ? { ...classifierOf(artifact), ...statistics } : modelOf(artifact);
  };
  // A folder's card is not known yet; its weights say themselves when a picture is too small for them.
  const least = weights && !(weights instanceof URL) && isClassifier(weights.card) ? preprocessingOf(weights.card).size : LEAST_SIDE;
  return {
    id: 'frequency',
    description: 'Log-scaled DCT spectra of luma and chroma, judged by a linear model: finds the traces that up-sampling leaves in the frequency plane',
    unit: 'image',
    requires: { minimumSize: { width: least, height: least } },
    async open(context) {
      const model = await load(context);
      return 'preprocessing' in model ? openClassifier(model, context) : open(model, context);
    },
    card: async context => (await load(context)).card,
    trainable,
    importableClassifiers,
  };
}

/** Opens a detector on a model that is already loaded. */
export const open = (model: Model, context: Pick<DetectorContext, 'kernels'>): OpenDetector<FrequencyEvidence> =>
  openLinear(model, TILES, (image, run) => explain(image, model, run), context);
