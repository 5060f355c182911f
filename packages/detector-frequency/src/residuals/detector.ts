import { type Artifact, type Detector, type DetectorContext, loadArtifact } from '@syntrace/core';
import type { FrequencyEvidence } from '../evidence.js';
import { openLinear } from '../judge.js';
import { type LinearWindows, linearModelOf } from '../model.js';
import { shippedResiduals } from '../shipped.js';
import { LEAST_SIDE } from '../windows.js';
import { explainResiduals } from './explain.js';
import { RESIDUALS } from './features.js';
import { residualsTrainable } from './train.js';

export interface ResidualsOptions {
  /** Folder with `model.json` and `model.safetensors`, or both in memory. Default: the weights that ship with the package. */
  readonly weights?: URL | Artifact;
}

/** Judges by co-occurrences of high-pass residuals (the rich model of Fridrich and Kodovský, IEEE TIFS 2012) with a linear model, in up to nine windows.
 *  @throws ARTIFACT_INVALID for weights whose card is not usable */
export function residualsDetector({ weights }: ResidualsOptions = {}): Detector<FrequencyEvidence> {
  const load = async ({ loadAsset }: Pick<DetectorContext, 'loadAsset'>): Promise<LinearWindows> => {
    const artifact = weights instanceof URL ? await loadArtifact(weights, loadAsset) : (weights ?? (await shippedResiduals()));
    return linearModelOf(artifact, RESIDUALS);
  };
  return {
    id: 'residuals',
    description: 'Co-occurrences of high-pass residuals of luma and chroma, judged by a linear model: finds what generators do to the noise between neighbours',
    unit: 'image',
    // The shipped weights judge where they are named, alone or as a member of an ensemble that was fitted with them.
    byDefault: weights !== undefined,
    requires: { minimumSize: { width: LEAST_SIDE, height: LEAST_SIDE } },
    async open(context) {
      const model = await load(context);
      return openLinear(model, RESIDUALS, (image, run, tensors) => explainResiduals(image, model, tensors, run), context);
    },
    card: async context => (await load(context)).card,
    trainable: residualsTrainable,
  };
}
