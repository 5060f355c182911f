import type { FoundClassifier, Layer } from '@syntrace/core';
import type { Refuse } from '../refuse.js';
import type { KerasLayer, KerasModel } from './keras.js';
import { isSize, type Shape, translateLayer, type Weighted } from './translate-layer.js';

/** What a Keras model is as one of our networks. */
export interface Translated {
  readonly found: FoundClassifier;
  /** In the order in which the checkpoint numbers them. */
  readonly weighted: readonly Weighted[];
}

/** A piece of the chain: what the layers of Keras became, up to the one with this name. */
interface Link {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly shape: Shape;
}

/** Translates the layers of a Keras model one by one: a chain, in which an Add may reach back to an earlier layer. @throws the refusal with the layer it stops at */
export function translateLayers({ layers }: KerasModel, refuse: Refuse): Translated {
  const input = inputOf(layers[0]!, refuse);
  let chain: readonly Link[] = [{ name: layers[0]!.name, layers: [], shape: { channels: input.channels, plane: [input.height, input.width] } }];
  const weighted: Weighted[] = [];
  let activation: FoundClassifier['activation'] | undefined;
  for (const layer of layers[0]!.kind === 'InputLayer' ? layers.slice(1) : layers) {
    const stop: Refuse = detail => refuse(`its layer ${layer.name} (${layer.kind}) ${detail}`);
    if (activation) return stop('stands behind the answer');
    if (layer.kind === 'Add') {
      chain = added(chain, layer, stop);
      continue;
    }
    const { name: before, shape } = chain.at(-1)!;
    if (layer.inputs.length > 0 && layer.inputs.join() !== before) return stop(`takes from ${layer.inputs.join(', ')}, not from ${before} before it`);
    const translation = translateLayer(layer, shape, stop);
    chain = [...chain, { name: layer.name, ...translation }];
    if (translation.weighted) weighted.push(translation.weighted);
    activation = translation.answer;
  }
  if (!activation) return refuse('it does not end in a dense layer under sigmoid or softmax');
  const outputs = chain.at(-1)!.shape.channels;
  return { found: { layers: chain.flatMap(link => link.layers), input, outputs, activation, penalty: penaltyOf(layers) }, weighted };
}

function inputOf({ config, name }: KerasLayer, refuse: Refuse): FoundClassifier['input'] {
  const shape = config.batch_input_shape ?? config.batch_shape;
  const [, height, width, channels] = Array.isArray(shape) ? (shape as unknown[]) : [];
  if (isSize(height) && isSize(width) && isSize(channels)) return { channels, height, width };
  return refuse(`its input ${name} has the shape ${JSON.stringify(shape)}, expected [null, height, width, channels]`);
}

/** The layers since the other summand become the body of a residual. */
function added(chain: readonly Link[], { name, inputs }: KerasLayer, stop: Refuse): readonly Link[] {
  const last = chain.at(-1)!;
  const other = inputs.length === 2 && inputs.includes(last.name) ? inputs.find(each => each !== last.name) : undefined;
  const at = chain.findIndex(link => link.name === other);
  if (at < 0) return stop(`adds ${inputs.join(' and ')}, not ${last.name} and a layer before it`);
  if (JSON.stringify(chain[at]!.shape) !== JSON.stringify(last.shape)) return stop('adds values of different shapes');
  const body = chain.slice(at + 1).flatMap(({ layers }) => layers);
  return [...chain.slice(0, at + 1), { name, layers: [{ kind: 'residual', body, shortcut: [] }], shape: last.shape }];
}

/** Of the first layer that has one. */
function penaltyOf(layers: readonly KerasLayer[]): FoundClassifier['penalty'] {
  for (const { config } of layers) {
    const { config: penalty } = (config.kernel_regularizer ?? {}) as { readonly config?: { readonly l1?: unknown; readonly l2?: unknown } };
    if (penalty) return { l1: Number(penalty.l1 ?? 0) || 0, l2: Number(penalty.l2 ?? 0) || 0 };
  }
  return { l1: 0, l2: 0 };
}
