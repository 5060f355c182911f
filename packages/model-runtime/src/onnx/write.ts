import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { StoredTensor } from '@syntrace/core';
import { ATTRIBUTE, ATTRIBUTE_TYPE, DIMENSION, ELEMENT, GRAPH, MODEL, NODE, OPERATOR_SET, SHAPE, TENSOR, TENSOR_TYPE, TYPE, VALUE_INFO } from './messages.js';

/** A node's attribute: a list of whole numbers, one whole number, or a float. */
export type Attribute = { readonly integers: readonly number[] } | { readonly integer: number } | { readonly float: number };

export interface OnnxNode {
  readonly operator: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A float32 input or output; a word is a free size. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** Numbers in float32, or in half precision as their bits; sizes and places as whole numbers. */
export type Initializer =
  | StoredTensor<'f32'>
  | { readonly dtype: 'f16'; readonly shape: readonly number[]; readonly data: Uint16Array }
  | { readonly dtype: 'i64'; readonly shape: readonly number[]; readonly data: BigInt64Array };

const ELEMENTS = { f32: ELEMENT.float, f16: ELEMENT.float16, i64: ELEMENT.int64 } as const;

export interface OnnxModel {
  readonly producer: string;
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, Initializer>;
  readonly input: OnnxValue;
  readonly output: OnnxValue;
}

/** IR 8 and operators 17: what every ONNX Runtime since 1.13 reads. */
const [IR_VERSION, OPSET] = [8, 17];

/** An ONNX file. All data are inside, as little-endian bytes. O(bytes) */
export function writeOnnx(model: OnnxModel): Uint8Array {
  const w = new BinaryWriter();
  integer(w, MODEL.irVersion, IR_VERSION);
  text(w, MODEL.producerName, model.producer);
  message(w, MODEL.graph, () => graph(w, model));
  message(w, MODEL.opsetImport, () => integer(w, OPERATOR_SET.version, OPSET));
  return w.finish();
}

/** Nodes, numbers and an output to stand behind the bytes of another model, which they become part of. O(bytes) */
export function writeOnnxPart(part: Pick<OnnxModel, 'nodes' | 'initializers' | 'output'>): Uint8Array {
  const w = new BinaryWriter();
  message(w, MODEL.graph, () => graph(w, part));
  return w.finish();
}

function graph(w: BinaryWriter, { name, nodes, initializers, input, output }: Partial<OnnxModel> & Pick<OnnxModel, 'nodes' | 'initializers' | 'output'>): void {
  for (const each of nodes) message(w, GRAPH.node, () => node(w, each));
  if (name !== undefined) text(w, GRAPH.name, name);
  for (const [key, tensor] of initializers) message(w, GRAPH.initializer, () => initializer(w, key, tensor));
  if (input) message(w, GRAPH.input, () => value(w, input));
  message(w, GRAPH.output, () => value(w, output));
}

function node(w: BinaryWriter, { operator, name, inputs, outputs, attributes }: OnnxNode): void {
  for (const input of inputs) text(w, NODE.input, input);
  for (const output of outputs) text(w, NODE.output, output);
  text(w, NODE.name, name);
  text(w, NODE.opType, operator);
  for (const [key, each] of Object.entries(attributes)) message(w, NODE.attribute, () => attribute(w, key, each));
}

function attribute(w: BinaryWriter, name: string, value: Attribute): void {
  text(w, ATTRIBUTE.name, name);
  if ('float' in value) {
    w.tag(ATTRIBUTE.float, WireType.Bit32).float(value.float);
    integer(w, ATTRIBUTE.type, ATTRIBUTE_TYPE.float);
  } else if ('integer' in value) {
    integer(w, ATTRIBUTE.integer, value.integer);
    integer(w, ATTRIBUTE.type, ATTRIBUTE_TYPE.integer);
  } else {
    for (const each of value.integers) integer(w, ATTRIBUTE.integers, each);
    integer(w, ATTRIBUTE.type, ATTRIBUTE_TYPE.integers);
  }
}

function initializer(w: BinaryWriter, name: string, { dtype, shape, data }: Initializer): void {
  for (const size of shape) integer(w, TENSOR.dims, size);
  integer(w, TENSOR.dataType, ELEMENTS[dtype]);
  text(w, TENSOR.name, name);
  // Typed arrays are little-endian on every machine that runs JavaScript today, as ONNX wants them.
  w.tag(TENSOR.rawData, WireType.LengthDelimited).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function value(w: BinaryWriter, { name, shape }: OnnxValue): void {
  text(w, VALUE_INFO.name, name);
  message(w, VALUE_INFO.type, () =>
    message(w, TYPE.tensorType, () => {
      integer(w, TENSOR_TYPE.elemType, ELEMENT.float);
      message(w, TENSOR_TYPE.shape, () => {
        for (const size of shape)
          message(w, SHAPE.dim, () => (typeof size === 'number' ? integer(w, DIMENSION.value, size) : text(w, DIMENSION.parameter, size)));
      });
    }),
  );
}

function integer(w: BinaryWriter, field: number, value: number): void {
  w.tag(field, WireType.Varint).int64(value);
}

function text(w: BinaryWriter, field: number, value: string): void {
  w.tag(field, WireType.LengthDelimited).string(value);
}

function message(w: BinaryWriter, field: number, content: () => void): void {
  w.tag(field, WireType.LengthDelimited).fork();
  content();
  w.join();
}
