import { batchNorm, convolution, type Layer, type Network, relu } from '@syntrace/core';

/** Layers of the published classifiers (Frank et al. 2020; specification, section 10). `linear` is what `log`, `log1`, `log2` and `log3` share. */
export const ARCHITECTURES = ['linear', 'nn', 'cnn', 'resnet'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** What a classifier is shown and answers. */
export interface Sizes {
  /** Side of the picture. */
  readonly size: number;
  readonly channels: number;
  /** 1: the log-odds of generated; else one for each class. */
  readonly outputs: number;
}

const HIDDEN = 128;
const BLOCKS = 10;
/** Keras's; its momentum of 0.99 is the share of what was before. */
const [EPSILON, MOMENTUM] = [1e-3, 0.01];

/** 3×3 with a bias; `same` keeps the size, else the border is lost. */
const conv = (name: string, from: number, to: number, same: boolean): Layer => ({ ...convolution(name, from, to, 3), padding: same ? 1 : 0, bias: true });
const norm = (name: string, channels: number): Layer => ({ ...batchNorm(name, channels), epsilon: EPSILON, momentum: MOMENTUM });
const halve: Layer = { kind: 'average-pool', kernel: 2, stride: 2 };
const linear = (name: string, from: number, to: number): Layer => ({ kind: 'linear', name, from, to });

/** Values f32 [n, channels, size, size] → logits [n, outputs]. */
export function classifierNetwork(architecture: Architecture, sizes: Sizes): Network {
  const { channels } = sizes;
  return { name: architecture, input: { name: 'values', channels }, output: { name: 'logits' }, layers: LAYERS[architecture](sizes) };
}

/** Sides below this leave nothing to the last layers. */
export const LEAST_SIZE: Readonly<Record<Architecture, number>> = { linear: 1, nn: 1, cnn: 4, resnet: 13 };

const LAYERS: Readonly<Record<Architecture, (sizes: Sizes) => readonly Layer[]>> = {
  linear: ({ size, channels, outputs }) => [{ kind: 'flatten' }, linear('dense', channels * size * size, outputs)],
  nn: ({ size, channels, outputs }) => [{ kind: 'flatten' }, linear('hidden', channels * size * size, HIDDEN), relu, linear('dense', HIDDEN, outputs)],
  cnn: ({ size, channels, outputs }) => {
    const side = Math.floor(Math.floor(size / 2) / 2);
    return [
      ...[conv('conv1', channels, 3, true), relu, conv('conv2', 3, 8, true), relu, halve],
      ...[conv('conv3', 8, 16, true), relu, halve, conv('conv4', 16, 32, true), relu],
      ...[{ kind: 'flatten' } as const, linear('dense', 32 * side * side, outputs)],
    ];
  },
  resnet: ({ channels, outputs }) => [
    ...[conv('conv1', channels, 32, false), relu, conv('conv2', 32, 64, false), relu, { kind: 'max-pool', kernel: 3, stride: 3, padding: 0 } as const],
    ...Array.from({ length: BLOCKS }, (_, i) => block(`block${i + 1}`)).flat(),
    ...[conv('conv3', 64, 64, false), relu, { kind: 'global-average-pool' } as const],
    ...[linear('hidden', 64, 256), relu, { kind: 'dropout', rate: 0.5 } as const, linear('dense', 256, outputs)],
  ],
};

/** The first norm stands behind its convolution's ReLU, the second before the sum. */
function block(name: string): readonly Layer[] {
  const step = (i: number) => [conv(`${name}.conv${i}`, 64, 64, true), ...(i === 1 ? [relu] : []), norm(`${name}.bn${i}`, 64)];
  return [{ kind: 'residual', body: [...step(1), ...step(2)], shortcut: [] }, relu];
}
