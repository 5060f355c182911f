import type { Initializer, OnnxNode } from '../onnx/write.js';

/** Nodes of a graph as they are added; values are named by their number. */
export class Graph {
  readonly nodes: OnnxNode[] = [];
  /** Numbers that belong to the graph itself, not to a network's state. */
  readonly constants = new Map<string, Initializer>();
  private values = 0;

  add(operator: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    return this.split(operator, inputs, 1, attributes)[0]!;
  }

  /** A node of several outputs. */
  split(operator: string, inputs: readonly string[], count: number, attributes: OnnxNode['attributes'] = {}): readonly string[] {
    const outputs = Array.from({ length: count }, () => `v${++this.values}`);
    this.nodes.push({ operator, name: `${operator}_${this.values}`, inputs, outputs, attributes });
    return outputs;
  }

  /** Whole numbers as a value, e.g. a shape; one alone may be a scalar. */
  whole(numbers: readonly number[], shape: readonly number[] = [numbers.length]): string {
    return this.constant(`i.${shape.length === 0 ? '' : '1.'}${numbers.join('.')}`, { dtype: 'i64', shape, data: BigInt64Array.from(numbers, BigInt) });
  }

  /** A number as a value. */
  number(value: number): string {
    return this.constant(`f.${value}`, { dtype: 'f32', shape: [], data: Float32Array.of(value) });
  }

  private constant(name: string, value: Initializer): string {
    if (!this.constants.has(name)) this.constants.set(name, value);
    return name;
  }
}
