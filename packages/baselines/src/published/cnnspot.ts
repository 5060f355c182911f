import { batchNorm, bottleneckStage, convolution, type Detector, type Network, type RecordedRun, relu } from '@syntrace/core';
import { type PublishedOptions, publishedDetector } from './artifact-detector.js';
import { croppedLogit, importedCard } from './card.js';
import proofs from './proofs.json' with { type: 'json' };

const SIDE = 224;
/** Of ImageNet. */
const [MEAN, DEVIATION] = [
  [0.485, 0.456, 0.406],
  [0.229, 0.224, 0.225],
];
const METHOD = 'ResNet-50 on the middle of the picture, after Wang et al., CVPR 2020';

/** ResNet-50 (He et al. 2016, as torchvision has it) with one output: picture [n, 3, h, w] → logit [n, 1]. 23,510,081 parameters that are trained. */
export const CNNSPOT_NETWORK: Network = {
  name: 'CNNSpot',
  input: { name: 'picture', channels: 3 },
  output: { name: 'logit' },
  layers: [
    convolution('conv1', 3, 64, 7, 2),
    batchNorm('bn1', 64),
    relu,
    { kind: 'max-pool', kernel: 3, stride: 2, padding: 1 },
    ...bottleneckStage('layer1', 3, 64, 64, 1),
    ...bottleneckStage('layer2', 4, 256, 128, 2),
    ...bottleneckStage('layer3', 6, 512, 256, 2),
    ...bottleneckStage('layer4', 3, 1024, 512, 2),
    { kind: 'global-average-pool' },
    { kind: 'linear', name: 'fc', from: 2048, to: 1 },
  ],
};

/** CNNSpot (Wang et al., CVPR 2020) with a checkpoint of the user's: the published files keep the state under `model`. */
export const cnnSpotDetector = (options: PublishedOptions = {}): Detector =>
  publishedDetector(
    {
      id: 'cnnspot',
      description: 'ResNet-50 trained on one generator with blur and JPEG in training (Wang et al., CVPR 2020); needs a published checkpoint',
      side: SIDE,
      importable: {
        network: CNNSPOT_NETWORK,
        ignored: [],
        proof: proofs.cnnspot as { readonly seed: number; readonly run: RecordedRun },
        recordedShape: [1, 3, 64, 64],
        card: from => importedCard('cnnspot', METHOD, croppedLogit(SIDE, MEAN, DEVIATION), from),
      },
    },
    options,
  );
