import { batchNorm, bottleneckStage, convolution, type Network, relu } from '@syntrace/core';

/** Half a ResNet-50 behind a 3×3 stem: residual [n, 3, h, w] (even sides, times 2/3) → logit [n, 1]; 1,437,761 parameters (specification, section 3). */
export const NPR_NETWORK: Network = {
  name: 'NPR',
  input: { name: 'residual', channels: 3 },
  output: { name: 'logit' },
  layers: [
    convolution('conv1', 3, 64, 3, 2),
    batchNorm('bn1', 64),
    relu,
    { kind: 'max-pool', kernel: 3, stride: 2, padding: 1 },
    ...bottleneckStage('layer1', 3, 64, 64, 1),
    ...bottleneckStage('layer2', 4, 256, 128, 2),
    { kind: 'global-average-pool' },
    { kind: 'linear', name: 'fc1', from: 512, to: 1 },
  ],
};
