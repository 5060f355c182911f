import type { Detector, Importable, Network, RecordedRun } from '@syntrace/core';
import { type PublishedOptions, publishedDetector } from './artifact-detector.js';
import { croppedLogit, importedCard } from './card.js';
import proofs from './proofs.json' with { type: 'json' };
import { type VisionSizes, visionTransformer } from './vision-transformer.js';

/** CLIP's ViT-L/14: 303,966,208 parameters. */
const SIZES: VisionSizes = { side: 224, patch: 14, width: 1024, blocks: 24, heads: 16, features: 768 };
/** Of CLIP. */
const [MEAN, DEVIATION] = [
  [0.48145466, 0.4578275, 0.40821073],
  [0.26862954, 0.26130258, 0.27577711],
];
const METHOD = 'one linear layer on the features of CLIP ViT-L/14, after Ojha et al., CVPR 2023';

export const UNIVFD_ENCODER: Network = visionTransformer('CLIP ViT-L/14', SIZES);

const proof = proofs.univfd as { readonly sizes: VisionSizes; readonly seed: number; readonly run: RecordedRun };

/** How the method's two files are taken: the head (its own file, or a whole checkpoint of its training), and CLIP's encoder of pictures. */
export const importable = (sizes: VisionSizes, network = visionTransformer('CLIP ViT-L/14', sizes)): Importable => ({
  network,
  ignored: [],
  // The encoder itself would take a minute: a small one of the same layers.
  proof: { network: visionTransformer('a small CLIP', proof.sizes), seed: proof.seed, run: proof.run },
  recordedShape: [1, 3, sizes.side, sizes.side],
  head: {
    names: [
      ['fc.weight', 'fc.bias'],
      ['module.fc.weight', 'module.fc.bias'],
      ['weight', 'bias'],
    ],
    features: sizes.features,
    output: 'logit',
  },
  card: from => importedCard('univfd', METHOD, croppedLogit(sizes.side, MEAN, DEVIATION), from),
});

/** UnivFD (Ojha et al., CVPR 2023) with the user's head and encoder. */
export const univFdDetector = (options: PublishedOptions = {}): Detector =>
  publishedDetector(
    {
      id: 'univfd',
      description: 'A linear layer on features of CLIP (Ojha et al., CVPR 2023); needs the published head and an encoder of pictures',
      side: SIZES.side,
      importable: importable(SIZES, UNIVFD_ENCODER),
    },
    options,
  );
