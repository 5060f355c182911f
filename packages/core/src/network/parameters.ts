import type { Layer, Network } from '../contract/network.js';

/** An entry of a network's state. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: 'convolution' | 'linear' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance';
}

/** Every float entry of a network's state, in the order of PyTorch's `state_dict`. */
export const parametersOf = ({ layers }: Network): readonly Parameter[] => layers.flatMap(ofLayer);

/** Entries that a published state may carry beside the parameters and that no inference reads. */
export const isCounter = (name: string): boolean => name.endsWith('.num_batches_tracked');

function ofLayer(layer: Layer): readonly Parameter[] {
  switch (layer.kind) {
    case 'convolution': {
      const { name, from, to, kernel, bias } = layer;
      const weight: Parameter = { name: `${name}.weight`, shape: [to, from, kernel, kernel], role: 'convolution' };
      return bias ? [weight, { name: `${name}.bias`, shape: [to], role: 'bias' }] : [weight];
    }
    case 'batch-norm': {
      const entry = (word: string, role: Parameter['role']): Parameter => ({ name: `${layer.name}.${word}`, shape: [layer.channels], role });
      return [entry('weight', 'scale'), entry('bias', 'shift'), entry('running_mean', 'mean'), entry('running_var', 'variance')];
    }
    case 'linear': {
      const { name, from, to } = layer;
      return [
        { name: `${name}.weight`, shape: [to, from], role: 'linear' },
        { name: `${name}.bias`, shape: [to], role: 'bias' },
      ];
    }
    case 'tokens':
      return [
        { name: 'class_embedding', shape: [layer.channels], role: 'bias' },
        { name: 'positional_embedding', shape: [1 + layer.places, layer.channels], role: 'bias' },
      ];
    case 'layer-norm':
      return [
        { name: `${layer.name}.weight`, shape: [layer.channels], role: 'scale' },
        { name: `${layer.name}.bias`, shape: [layer.channels], role: 'shift' },
      ];
    case 'attention': {
      const { name, channels } = layer;
      return [
        { name: `${name}.in_proj_weight`, shape: [3 * channels, channels], role: 'linear' },
        { name: `${name}.in_proj_bias`, shape: [3 * channels], role: 'bias' },
        { name: `${name}.out_proj.weight`, shape: [channels, channels], role: 'linear' },
        { name: `${name}.out_proj.bias`, shape: [channels], role: 'bias' },
      ];
    }
    case 'projection':
      return [{ name: layer.name, shape: [layer.from, layer.to], role: 'linear' }];
    case 'residual':
      return [...layer.body, ...layer.shortcut].flatMap(ofLayer);
    default:
      return [];
  }
}
