import { describe, expect, it } from 'vitest';
import type { Network } from '../contract/network.js';
import { bottleneckStage, convolution } from './blocks.js';
import { isCounter, parametersOf } from './parameters.js';
import { recordedInput, seededState } from './seeded.js';

const stage: Network = { name: 'stage', input: { name: 'x', channels: 64 }, output: { name: 'y' }, layers: bottleneckStage('layer2', 2, 64, 32, 2) };

describe('parametersOf', () => {
  it('names the state of a stage of bottlenecks as PyTorch does, in its order', () => {
    const names = parametersOf(stage).map(({ name, shape }) => `${name} ${shape.join('×')}`);
    const block = names.filter(name => name.startsWith('layer2.0.') && /weight/.test(name));
    expect(block).toEqual([
      'layer2.0.conv1.weight 32×64×1×1',
      'layer2.0.bn1.weight 32',
      'layer2.0.conv2.weight 32×32×3×3',
      'layer2.0.bn2.weight 32',
      'layer2.0.conv3.weight 128×32×1×1',
      'layer2.0.bn3.weight 128',
      'layer2.0.downsample.0.weight 128×64×1×1',
      'layer2.0.downsample.1.weight 128',
    ]);
    expect(names.filter(name => name.startsWith('layer2.1.downsample'))).toEqual([]);
    expect(names).toContain('layer2.1.conv1.weight 32×128×1×1');
    expect(names).toHaveLength(20 + 15);
  });

  it('names the state of a vision transformer as CLIP does', () => {
    const layers: Network['layers'] = [
      { kind: 'tokens', channels: 8, places: 4 },
      {
        kind: 'residual',
        body: [
          { kind: 'layer-norm', name: 'ln_1', channels: 8, epsilon: 1e-5 },
          { kind: 'attention', name: 'attn', channels: 8, heads: 2 },
        ],
        shortcut: [],
      },
      { kind: 'quick-gelu' },
      { kind: 'first-token' },
      { kind: 'projection', name: 'proj', from: 8, to: 3 },
    ];
    expect(parametersOf({ ...stage, layers }).map(({ name, shape }) => `${name} ${shape.join('×')}`)).toEqual([
      'class_embedding 8',
      'positional_embedding 5×8',
      'ln_1.weight 8',
      'ln_1.bias 8',
      'attn.in_proj_weight 24×8',
      'attn.in_proj_bias 24',
      'attn.out_proj.weight 8×8',
      'attn.out_proj.bias 8',
      'proj 8×3',
    ]);
  });

  it('gives a bias where there is one, and knows counters', () => {
    const layers = [{ ...convolution('a', 1, 2, 3), bias: true }];
    expect(parametersOf({ ...stage, layers }).map(({ name }) => name)).toEqual(['a.weight', 'a.bias']);
    expect([isCounter('bn1.num_batches_tracked'), isCounter('bn1.weight')]).toEqual([true, false]);
  });
});

describe('seededState', () => {
  it('is the same again, another for another seed, and of the right spread', () => {
    const state = seededState(stage, 7);
    expect(seededState(stage, 7)).toEqual(state);
    expect(seededState(stage, 8).get('layer2.0.conv1.weight')).not.toEqual(state.get('layer2.0.conv1.weight'));
    const reach = Math.sqrt(3 / 64);
    const { data } = state.get('layer2.0.conv1.weight')!;
    expect(Math.max(...data)).toBeLessThanOrEqual(reach);
    expect(Math.max(...data)).toBeGreaterThan(0.99 * reach);
    expect(state.get('layer2.0.bn1.running_var')!.data.every(value => value >= 0.5 && value <= 1.5)).toBe(true);
  });

  it('has an input to go with it', () => {
    const { shape, data } = recordedInput({ seed: 1, shape: [2, 3] });
    expect([shape, data.length]).toEqual([[2, 3], 6]);
    expect(data.every(value => value >= -1 && value < 1)).toBe(true);
  });
});
