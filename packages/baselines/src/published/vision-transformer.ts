import type { Layer, Network } from '@syntrace/core';

/** Sizes of a vision transformer. */
export interface VisionSizes {
  /** Of the picture, a multiple of the patch. */
  readonly side: number;
  readonly patch: number;
  readonly width: number;
  readonly blocks: number;
  readonly heads: number;
  /** Of the output. */
  readonly features: number;
}

const EPSILON = 1e-5;

/** CLIP's encoder of pictures (Radford et al. 2021), with the names of its state under `visual`: [n, 3, side, side] → features [n, k], not normalised. */
export function visionTransformer(name: string, { side, patch, width, blocks, heads, features }: VisionSizes): Network {
  return {
    name,
    input: { name: 'picture', channels: 3 },
    output: { name: 'features' },
    layers: [
      { kind: 'convolution', name: 'conv1', from: 3, to: width, kernel: patch, stride: patch, padding: 0, bias: false },
      { kind: 'tokens', channels: width, places: (side / patch) ** 2 },
      norm('ln_pre', width),
      ...Array.from({ length: blocks }, (_, i) => block(`transformer.resblocks.${i}`, width, heads)).flat(),
      { kind: 'first-token' },
      norm('ln_post', width),
      { kind: 'projection', name: 'proj', from: width, to: features },
    ],
  };
}

const norm = (name: string, channels: number): Layer => ({ kind: 'layer-norm', name, channels, epsilon: EPSILON });
const linear = (name: string, from: number, to: number): Layer => ({ kind: 'linear', name, from, to, tokens: true });

function block(name: string, width: number, heads: number): readonly Layer[] {
  const perceptron = [linear(`${name}.mlp.c_fc`, width, 4 * width), { kind: 'quick-gelu' } as const, linear(`${name}.mlp.c_proj`, 4 * width, width)];
  return [
    { kind: 'residual', body: [norm(`${name}.ln_1`, width), { kind: 'attention', name: `${name}.attn`, channels: width, heads }], shortcut: [] },
    { kind: 'residual', body: [norm(`${name}.ln_2`, width), ...perceptron], shortcut: [] },
  ];
}
