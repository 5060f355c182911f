import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { ATTRIBUTE, FUNCTION, GRAPH, MODEL, NODE, SPARSE_TENSOR, TENSOR, TRAINING_INFO } from './messages.js';

type Message = 'model' | 'graph' | 'node' | 'attribute' | 'tensor' | 'sparse-tensor' | 'function' | 'training-info';

/** Where messages with tensors inside lie in others. */
const INSIDE: Readonly<Record<Message, Readonly<Record<number, Message>>>> = {
  model: { [MODEL.graph]: 'graph', [MODEL.trainingInfo]: 'training-info', [MODEL.functions]: 'function' },
  graph: { [GRAPH.node]: 'node', [GRAPH.initializer]: 'tensor', [GRAPH.sparseInitializer]: 'sparse-tensor' },
  node: { [NODE.attribute]: 'attribute' },
  attribute: {
    [ATTRIBUTE.tensor]: 'tensor',
    [ATTRIBUTE.tensors]: 'tensor',
    [ATTRIBUTE.graph]: 'graph',
    [ATTRIBUTE.graphs]: 'graph',
    [ATTRIBUTE.sparseTensor]: 'sparse-tensor',
    [ATTRIBUTE.sparseTensors]: 'sparse-tensor',
  },
  'sparse-tensor': { [SPARSE_TENSOR.values]: 'tensor', [SPARSE_TENSOR.indices]: 'tensor' },
  function: { [FUNCTION.node]: 'node', [FUNCTION.attributeProto]: 'attribute' },
  'training-info': { [TRAINING_INFO.initialization]: 'graph', [TRAINING_INFO.algorithm]: 'graph' },
  tensor: {},
};

/** Deeper graphs inside graphs are no detector's. */
const DEPTH = 32;
const EXTERNAL = 1;

/** What makes an ONNX file unusable here before a runtime sees it, or `null`: a runtime would open whatever file it names. O(bytes) */
export function onnxProblem(bytes: Uint8Array): string | null {
  try {
    const found = { graphs: 0 };
    const problem = scan(new BinaryReader(bytes), bytes.length, 'model', 0, found);
    return problem ?? (found.graphs > 0 ? null : 'it is no ONNX model: it holds no graph');
  } catch {
    return 'it is no ONNX model: its bytes are no protocol buffer';
  }
}

function scan(reader: BinaryReader, end: number, message: Message, depth: number, found: { graphs: number }): string | null {
  if (depth > DEPTH) return `its graphs are nested more than ${DEPTH} deep`;
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    const inside = INSIDE[message][field];
    if (message === 'tensor' && field === TENSOR.externalData) return 'it keeps data outside the file';
    if (message === 'tensor' && field === TENSOR.dataLocation && wire === WireType.Varint) {
      if (reader.int32() === EXTERNAL) return 'it keeps data outside the file';
    } else if (inside && wire === WireType.LengthDelimited) {
      const length = reader.uint32();
      const stop = reader.pos + length;
      if (stop > end) throw new RangeError('a message is longer than what holds it');
      if (inside === 'graph') found.graphs++;
      const problem = scan(reader, stop, inside, depth + 1, found);
      if (problem) return problem;
    } else reader.skip(wire, field);
  }
  if (reader.pos !== end) throw new RangeError('a field is longer than its message');
  return null;
}
