/** Numbers of the fields of onnx.proto3 (ONNX 1.16) that are written or looked at. */
export const MODEL = { irVersion: 1, producerName: 2, graph: 7, opsetImport: 8, trainingInfo: 20, functions: 25 } as const;
export const OPERATOR_SET = { version: 2 } as const;
export const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12, sparseInitializer: 15 } as const;
export const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5 } as const;
export const ATTRIBUTE = {
  name: 1,
  float: 2,
  integer: 3,
  tensor: 5,
  graph: 6,
  integers: 8,
  tensors: 10,
  graphs: 11,
  type: 20,
  sparseTensor: 22,
  sparseTensors: 23,
} as const;
/** Values of an attribute's `type`. */
export const ATTRIBUTE_TYPE = { float: 1, integer: 2, integers: 7 } as const;
export const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9, externalData: 13, dataLocation: 14 } as const;
/** Values of a tensor's `data_type`. */
export const ELEMENT = { float: 1, int64: 7, float16: 10 } as const;
export const SPARSE_TENSOR = { values: 1, indices: 2 } as const;
export const FUNCTION = { node: 7, attributeProto: 11 } as const;
export const TRAINING_INFO = { initialization: 1, algorithm: 2 } as const;
export const VALUE_INFO = { name: 1, type: 2 } as const;
export const TYPE = { tensorType: 1 } as const;
export const TENSOR_TYPE = { elemType: 1, shape: 2 } as const;
export const SHAPE = { dim: 1 } as const;
export const DIMENSION = { value: 1, parameter: 2 } as const;
