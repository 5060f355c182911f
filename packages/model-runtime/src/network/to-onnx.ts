import { type Layer, type Network, type StoredTensor, toHalf } from '@syntrace/core';
import { ELEMENT } from '../onnx/messages.js';
import { type Attribute, type Initializer, writeOnnx } from '../onnx/write.js';
import { Graph } from './graph.js';
import { attention, firstToken, layerNorm, projection, quickGelu, tokenLinear, tokens } from './transformer.js';

/** Opposite sides alike. */
const around = (padding: number): Attribute => ({ integers: [padding, padding, padding, padding] });
const square = (side: number): Attribute => ({ integers: [side, side] });

type State = ReadonlyMap<string, StoredTensor<'f32'>>;

/** A network with its weights as an ONNX file: a node or a few for each layer, nothing folded, dropout left out, free batch and picture sizes. The state must be that of
 *  `parametersOf(network)`. `f16`: weights of two and more sides are kept in half precision, each with a node that makes float32 of it. O(parameters) */
export function networkToOnnx(network: Network, state: State, precision: 'f32' | 'f16' = 'f32'): Uint8Array {
  const graph = new Graph();
  const initializers = precision === 'f32' ? state : halved(graph, state);
  const last = append(graph, network.layers, network.input.name);
  const output = network.output.name;
  graph.nodes.push({ operator: 'Identity', name: 'output', inputs: [last], outputs: [output], attributes: {} });
  return writeOnnx({
    producer: 'syntrace',
    name: network.name,
    nodes: graph.nodes,
    initializers: new Map([...initializers, ...graph.constants]),
    input: { name: network.input.name, shape: ['n', network.input.channels, 'h', 'w'] },
    output: { name: output, shape: network.output.planes ? ['n', network.output.planes, 'h_out', 'w_out'] : ['n', 'k'] },
  });
}

/** The state with weights in half precision; the graph gets their way back under the old names. */
function halved(graph: Graph, state: State): ReadonlyMap<string, Initializer> {
  return new Map(
    [...state].map(([name, tensor]): [string, Initializer] => {
      if (tensor.shape.length < 2) return [name, tensor];
      graph.nodes.push({ operator: 'Cast', name: `Cast_${name}`, inputs: [`${name}.f16`], outputs: [name], attributes: { to: { integer: ELEMENT.float } } });
      return [`${name}.f16`, { dtype: 'f16', shape: tensor.shape, data: toHalf(tensor.data) }];
    }),
  );
}

const append = (graph: Graph, layers: readonly Layer[], from: string): string => layers.reduce((value, layer) => one(graph, layer, value), from);

function one(graph: Graph, layer: Layer, from: string): string {
  switch (layer.kind) {
    case 'convolution': {
      const { name, kernel, stride, padding, bias } = layer;
      const inputs = [from, `${name}.weight`, ...(bias ? [`${name}.bias`] : [])];
      return graph.add('Conv', inputs, { kernel_shape: square(kernel), strides: square(stride), pads: around(padding) });
    }
    case 'batch-norm': {
      const parameters = ['weight', 'bias', 'running_mean', 'running_var'].map(word => `${layer.name}.${word}`);
      return graph.add('BatchNormalization', [from, ...parameters], { epsilon: { float: layer.epsilon } });
    }
    case 'relu':
      return graph.add('Relu', [from]);
    case 'max-pool':
      return graph.add('MaxPool', [from], { kernel_shape: square(layer.kernel), strides: square(layer.stride), pads: around(layer.padding) });
    case 'average-pool':
      return graph.add('AveragePool', [from], { kernel_shape: square(layer.kernel), strides: square(layer.stride) });
    case 'flatten':
      return graph.add('Flatten', [from]);
    case 'dropout':
      return from;
    case 'global-average-pool':
      return graph.add('Flatten', [graph.add('GlobalAveragePool', [from])]);
    case 'linear':
      if (layer.tokens) return tokenLinear(graph, from, layer);
      return graph.add('Gemm', [from, `${layer.name}.weight`, `${layer.name}.bias`], { transB: { integer: 1 } });
    case 'tokens':
      return tokens(graph, from, layer.channels);
    case 'layer-norm':
      return layerNorm(graph, from, layer);
    case 'attention':
      return attention(graph, from, layer);
    case 'quick-gelu':
      return quickGelu(graph, from);
    case 'first-token':
      return firstToken(graph, from);
    case 'projection':
      return projection(graph, from, layer);
    case 'residual':
      return graph.add('Add', [append(graph, layer.body, from), append(graph, layer.shortcut, from)]);
  }
}
