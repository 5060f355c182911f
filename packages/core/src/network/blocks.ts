import type { BatchNorm, Convolution, Layer } from '../contract/network.js';

const EPSILON = 1e-5;

/** A convolution without bias, padded so that an odd kernel keeps the size at stride 1. */
export const convolution = (name: string, from: number, to: number, kernel: number, stride = 1): Convolution => ({
  kind: 'convolution',
  name,
  from,
  to,
  kernel,
  stride,
  padding: (kernel - 1) / 2,
  bias: false,
});

export const batchNorm = (name: string, channels: number): BatchNorm => ({ kind: 'batch-norm', name, channels, epsilon: EPSILON });

export const relu: Layer = { kind: 'relu' };

/** A bottleneck of ResNet-50 and kin (He et al. 2016; the stride on the 3×3 convolution, as torchvision has it): 1×1, 3×3, 1×1 to 4·width, then ReLU. */
export function bottleneck(name: string, from: number, width: number, stride: number): readonly Layer[] {
  const to = 4 * width;
  const step = (i: number, ...[into, out, kernel, by]: readonly [into: number, out: number, kernel: number, by?: number]): readonly Layer[] => [
    convolution(`${name}.conv${i}`, into, out, kernel, by),
    batchNorm(`${name}.bn${i}`, out),
  ];
  const body = [...step(1, from, width, 1), relu, ...step(2, width, width, 3, stride), relu, ...step(3, width, to, 1)];
  const shortcut = from === to && stride === 1 ? [] : [convolution(`${name}.downsample.0`, from, to, 1, stride), batchNorm(`${name}.downsample.1`, to)];
  return [{ kind: 'residual', body, shortcut }, relu];
}

/** A stage of bottlenecks `NAME.0`, `NAME.1`, …; the first may halve the size. */
export const bottleneckStage = (name: string, blocks: number, from: number, width: number, stride: number): readonly Layer[] =>
  Array.from({ length: blocks }, (_, i) => bottleneck(`${name}.${i}`, i === 0 ? from : 4 * width, width, i === 0 ? stride : 1)).flat();
