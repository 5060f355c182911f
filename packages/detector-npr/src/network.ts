import { batchNorm, bottleneckStage, convolution, type Network, relu } from '@syntrace/core';

/** Channels of the published network's first convolution. */
export const PUBLISHED_WIDTH = 64;

/** Half a ResNet-50 behind a 3×3 stem: residual [n, 3, h, w] (even sides, times 2/3) → logit [n, 1] (specification, section 3). The published one has a width of 64 and 1,437,761
 *  parameters; a narrower one costs the square of its share. */
export const nprNetwork = (width: number): Network => ({
  name: width === PUBLISHED_WIDTH ? 'NPR' : `NPR, width ${width}`,
  input: { name: 'residual', channels: 3 },
  output: { name: 'logit' },
  layers: [
    convolution('conv1', 3, width, 3, 2),
    batchNorm('bn1', width),
    relu,
    { kind: 'max-pool', kernel: 3, stride: 2, padding: 1 },
    ...bottleneckStage('layer1', 3, width, width, 1),
    ...bottleneckStage('layer2', 4, 4 * width, 2 * width, 2),
    { kind: 'global-average-pool' },
    { kind: 'linear', name: 'fc1', from: 8 * width, to: 1 },
  ],
});

export const NPR_NETWORK: Network = nprNetwork(PUBLISHED_WIDTH);
