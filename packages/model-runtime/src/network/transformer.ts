import type { Attention, LayerNorm, Linear, Projection } from '@syntrace/core';
import type { Graph } from './graph.js';

/** Patches [n, c, h, w] as [n, 1 + h·w, c], the class's token first, with their places added. */
export function tokens(graph: Graph, from: string, channels: number): string {
  const rows = graph.add('Transpose', [graph.add('Reshape', [from, graph.whole([0, 0, -1])])], { perm: { integers: [0, 2, 1] } });
  const pictures = graph.add('Shape', [from], { start: { integer: 0 }, end: { integer: 1 } });
  const shape = graph.add('Concat', [pictures, graph.whole([1]), graph.whole([channels])], { axis: { integer: 0 } });
  const first = graph.add('Expand', ['class_embedding', shape]);
  return graph.add('Add', [graph.add('Concat', [first, rows], { axis: { integer: 1 } }), 'positional_embedding']);
}

export const layerNorm = (graph: Graph, from: string, { name, epsilon }: LayerNorm): string =>
  graph.add('LayerNormalization', [from, `${name}.weight`, `${name}.bias`], { axis: { integer: -1 }, epsilon: { float: epsilon } });

/** Wx + b of every token. */
export const tokenLinear = (graph: Graph, from: string, { name }: Linear): string => affine(graph, from, `${name}.weight`, `${name}.bias`);

export function attention(graph: Graph, from: string, { name, channels, heads }: Attention): string {
  const width = channels / heads;
  const joined = affine(graph, from, `${name}.in_proj_weight`, `${name}.in_proj_bias`);
  // [3, n, heads, t, width]
  const parted = graph.add('Transpose', [graph.add('Reshape', [joined, graph.whole([0, 0, 3, heads, width])])], { perm: { integers: [2, 0, 3, 1, 4] } });
  const [queries, keys, values] = graph.split('Split', [parted], 3, { axis: { integer: 0 } }) as [string, string, string];
  const products = graph.add('MatMul', [queries, graph.add('Transpose', [keys], { perm: { integers: [0, 1, 2, 4, 3] } })]);
  const shares = graph.add('Softmax', [graph.add('Mul', [products, graph.number(1 / Math.sqrt(width))])], { axis: { integer: -1 } });
  const seen = graph.add('Transpose', [graph.add('MatMul', [shares, values])], { perm: { integers: [1, 3, 0, 2, 4] } });
  return affine(graph, graph.add('Reshape', [seen, graph.whole([0, 0, channels])]), `${name}.out_proj.weight`, `${name}.out_proj.bias`);
}

export const quickGelu = (graph: Graph, from: string): string =>
  graph.add('Mul', [from, graph.add('Sigmoid', [graph.add('Mul', [from, graph.number(1.702)])])]);

export const firstToken = (graph: Graph, from: string): string => graph.add('Gather', [from, graph.whole([0], [])], { axis: { integer: 1 } });

export const projection = (graph: Graph, from: string, { name }: Projection): string => graph.add('MatMul', [from, name]);

/** Weights lie as [to, from]: the product takes them transposed, which runtimes do once. */
const affine = (graph: Graph, from: string, weight: string, bias: string): string =>
  graph.add('Add', [graph.add('MatMul', [from, graph.add('Transpose', [weight], { perm: { integers: [1, 0] } })]), bias]);
